"""The terugkomdag: who was trained in the last two years is asked to come (domain.md 1.4)."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from knowledge.training import policies
from knowledge.training.models import Attempt
from knowledge.training.services.taking import months_later
from network.events.models import Event, InvitationRun
from network.events.services.inviting import invite
from portal.accounts.models import User

MONTHS_BACK = 24


def audience(today: date) -> QuerySet[User]:
    """Everybody who passed something in the last 24 months, and still has an account."""
    since = timezone.make_aware(datetime.combine(months_later(today, -MONTHS_BACK), time.min))
    passed = Attempt.objects.passed().filter(finished_at__gte=since)
    return User.objects.filter(pk__in=passed.values("user"), is_active=True)


def invite_trained(event: Event, *, today: date, by: User) -> InvitationRun:
    """Ask the audience for a terugkomdag, in the background.

    Raises:
        PermissionDenied: ``by`` keeps no register, or does not plan this event.
    """
    if not policies.can_coordinate(by):
        raise PermissionDenied
    return invite(event, users=audience(today).values_list("pk", flat=True), by=by)


@dataclass(frozen=True)
class Bar:
    """One bar of the response: what, how many, and how wide it is drawn."""

    name: str
    number: int
    width: int
    place: int


def response(event: Event) -> list[Bar]:
    """Invited, letters sent, seats, waiting and attended, as bars of the same scale."""
    invited = event.invitees.aggregate(
        invited=Count("pk"), sent=Count("pk", filter=Q(sent_at__isnull=False))
    )
    came = event.registrations.aggregate(
        seated=Count("pk", filter=Q(state="seated")),
        waiting=Count("pk", filter=Q(state="waiting")),
        attended=Count("pk", filter=Q(attended_at__isnull=False)),
    )
    numbers = {**invited, **came}
    most = max([*numbers.values(), 1])
    return [
        Bar(name, number, round(400 * number / most), 10 + 34 * place)
        for place, (name, number) in enumerate(numbers.items())
    ]
