"""The house rules: publishing a version, and accepting the one that counts."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from network.exchange import policies
from network.exchange.models import Acceptance, HouseRules
from portal.accounts.models import User
from portal.audit.services import record


class RulesNotAccepted(Exception):
    """Who writes here accepts the house rules first, once for each version."""


class NothingChanged(Exception):
    """The text says what it said before, so nobody is asked again."""


def current_rules() -> HouseRules:
    """The version that counts; the first one comes with the portal."""
    return HouseRules.objects.select_related("by").latest("number")


def has_accepted(user: User) -> bool:
    """Whether the person accepted the version that counts."""
    newest = HouseRules.objects.order_by("-number").values("pk")[:1]
    return Acceptance.objects.filter(user=user, rules__in=newest).exists()


def accept_rules(*, by: User) -> None:
    """Accept the version that counts."""
    Acceptance.objects.get_or_create(user=by, rules=current_rules())


@transaction.atomic
def publish_rules(*, text: str, text_en: str, by: User) -> HouseRules:
    """Give the exchange new house rules; everybody accepts them before the next thing they write.

    Raises:
        PermissionDenied: ``by`` approves no texts.
        NothingChanged: Both texts are as they were.
    """
    if not policies.can_write_rules(by):
        raise PermissionDenied
    last = HouseRules.objects.select_for_update().latest("number")
    if (last.text, last.text_en) == (text, text_en):
        raise NothingChanged
    made = HouseRules.objects.create(number=last.number + 1, text=text, text_en=text_en, by=by)
    record("rules.published", by=by.reference, subject=f"rules:{made.number}")
    return made
