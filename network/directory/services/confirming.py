"""Asking people whether what they say about themselves is still right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.directory.models import CONFIRM_AFTER, Organisation, Profile

ASK_AGAIN_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Question:
    """A letter to somebody: whether a card is still right."""

    thing: Organisation | Profile
    to: tuple[str, ...]
    path: str


def questions_due(now: datetime) -> Iterator[Question]:
    """Every card and profile that nobody confirmed for half a year, once in 30 days."""
    due = Q(asked_at=None) | Q(asked_at__lt=now - ASK_AGAIN_AFTER)
    old = now - CONFIRM_AFTER
    cards = Organisation.objects.current().filter(
        due, Q(confirmed_at=None) | Q(confirmed_at__lt=old)
    )
    for card in cards.prefetch_related("keepers"):
        to = tuple(user.email for user in card.keepers.all() if user.is_active)
        if to:
            yield Question(card, to, card.get_absolute_url())
    profiles = Profile.objects.listed().filter(due, confirmed_at__lt=old).select_related("user")
    for profile in profiles:
        yield Question(profile, (profile.user.email,), "/netwerk/mensen/mijn-profiel/")


def ask(question: Question) -> None:
    """Send the letter; it holds a link and nothing else, and notes when it went."""
    with translation.override(settings.LANGUAGE_CODE):
        send_mail(
            _("Is this still right?"),
            _(
                "You stand in the network of the Vredeportaal. Please look whether what it says "
                "is still right, and confirm it with one click:\n\n%(address)s\n"
            )
            % {"address": settings.WAGTAILADMIN_BASE_URL + question.path},
            None,
            list(question.to),
        )
    question.thing.asked_at = timezone.now()
    question.thing.save(update_fields=["asked_at"])
