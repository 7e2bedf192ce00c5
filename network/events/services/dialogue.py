"""The dialogue with communities: both sides propose, both approve, and what is agreed is kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.events.models import Agreement, Event, Minutes, Proposal, Series, SeriesMember
from network.events.models.dialogues import Side
from network.events.workflow import State
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.services import record


class NothingToApprove(Exception):
    """The text changed meanwhile, or this side approved it already."""


def side_of(user: User, series: Series | None) -> str:
    """For which side somebody takes part.

    Raises:
        PermissionDenied: this person takes no part.
    """
    member = SeriesMember.objects.filter(series=series, user=user).first()
    if member is None:
        raise PermissionDenied
    return member.side


@transaction.atomic
def start_series(series: Series, *, function: str, by: User) -> Series:
    """Begin a series; who begins it takes part for the municipality.

    Raises:
        PermissionDenied: ``by`` plans nothing in this municipality.
    """
    if not by.may(Permission.EVENTS_WORK, at=series.municipality_id):
        raise PermissionDenied
    series.save()
    SeriesMember.objects.create(series=series, user=by, side=Side.MUNICIPALITY, function=function)
    record("dialogue.started", by=by.reference, subject=f"series:{series.pk}")
    return series


@transaction.atomic
def add_member(series: Series, *, user: User, side: str, function: str, by: User) -> SeriesMember:
    """Let an account take part; somebody of either side asks its own people.

    Raises:
        PermissionDenied: ``by`` takes no part, or asks somebody for the other side.
    """
    own = side_of(by, series)
    if own != Side.MUNICIPALITY and side != own:
        raise PermissionDenied
    member, _new = SeriesMember.objects.update_or_create(
        series=series, user=user, defaults={"side": side, "function": function}
    )
    record("dialogue.member_added", by=by.reference, subject=f"series:{series.pk}")
    return member


@transaction.atomic
def propose(event: Event, *, text: str, by: User) -> Proposal:
    """Put something on the agenda, for the own side.

    Raises:
        PermissionDenied: ``by`` takes no part.
    """
    side = side_of(by, event.series)
    return Proposal.objects.create(event=event, side=side, text=text, proposed_by=by)


@transaction.atomic
def write_minutes(event: Event, *, text: str, by: User) -> Minutes:
    """Keep the minutes; whatever was approved before has to be approved again.

    Raises:
        PermissionDenied: ``by`` takes no part.
    """
    side_of(by, event.series)
    minutes = Minutes.objects.select_for_update().filter(event=event).first()
    if minutes is None:
        return Minutes.objects.create(event=event, text=text)
    if minutes.text != text:
        minutes.text, minutes.version = text, minutes.version + 1
        minutes.by_municipality = minutes.by_community = minutes.approved_at = None
        minutes.save()
    return minutes


@transaction.atomic
def approve_minutes(minutes: Minutes, *, version: int, by: User) -> Minutes:
    """Approve this version for the own side; with both sides they stand.

    Raises:
        PermissionDenied: ``by`` takes no part.
        NothingToApprove: there is a newer version, or the own side approved already.
    """
    minutes = Minutes.objects.select_for_update().get(pk=minutes.pk)
    side = side_of(by, minutes.event.series)
    field = "by_municipality" if side == Side.MUNICIPALITY else "by_community"
    if minutes.version != version or getattr(minutes, f"{field}_id"):
        raise NothingToApprove
    setattr(minutes, field, by)
    if minutes.by_municipality_id and minutes.by_community_id:
        minutes.approved_at = timezone.now()
    minutes.save()
    record(
        "dialogue.minutes_approved",
        by=by.reference,
        subject=f"event:{minutes.event_id}",
        details={"side": side, "version": version},
    )
    return minutes


@transaction.atomic
def keep_agreement(agreement: Agreement, *, is_done: bool, by: User) -> Agreement:
    """Mark an agreement as kept, or as open again.

    Raises:
        PermissionDenied: ``by`` takes no part.
    """
    side_of(by, agreement.event.series)
    agreement.done_on = timezone.localdate() if is_done else None
    agreement.save(update_fields=["done_on"])
    return agreement


@dataclass(frozen=True)
class YearOf:
    """One year of a series, in numbers."""

    planned: int
    held: int
    agreed: int
    kept: int
    is_quiet: bool


def year_of(series: Series, today: date) -> YearOf:
    """Held against planned, agreements kept, and whether this quarter is still without a talk."""
    events = series.events.exclude(state=State.DRAFT).filter(starts_at__year=today.year)
    agreements = Agreement.objects.filter(event__in=events)
    return YearOf(
        planned=max(1, 12 // series.every_months),
        held=events.filter(state=State.PUBLISHED, ends_at__lt=timezone.now()).count(),
        agreed=agreements.count(),
        kept=agreements.filter(done_on__isnull=False).count(),
        is_quiet=is_quiet(series, today),
    )


def is_quiet(series: Series, today: date) -> bool:
    """Whether no talk was held or is planned in this quarter (domain.md 1.19)."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    is_last = first.month == 10
    following = date(first.year + 1, 1, 1) if is_last else date(first.year, first.month + 3, 1)
    return not series.events.filter(
        state=State.PUBLISHED, starts_at__date__gte=first, starts_at__date__lt=following
    ).exists()


def remind(now: datetime) -> int:
    """Write about agreements that end within a week, and in the last month of a quiet quarter.

    An agreement is written about once; a quiet series once in its last month.
    Returns how many letters.
    """
    today = timezone.localdate(now)
    letters = 0
    due = Agreement.objects.filter(
        done_on=None,
        reminded_on=None,
        due_on__lte=today + timedelta(days=7),
        due_on__gte=today - timedelta(days=30),
    )
    for agreement in due.select_related("event__series"):
        agreement.reminded_on = today
        agreement.save(update_fields=["reminded_on"])
        if agreement.event.series:
            letters += write_to(agreement.event.series, agreement.side, "agreement")
    if today.month % 3 == 0:
        told = Q(reminded_on__gte=today.replace(day=1))
        for series in Series.objects.filter(~told | Q(reminded_on=None), is_ended=False):
            if is_quiet(series, today):
                Series.objects.filter(pk=series.pk).update(reminded_on=today)
                letters += write_to(series, "", "quiet")
    return letters


def write_to(series: Series, side: str, what: str) -> int:
    """A letter without content to the members of a side, or of both; returns how many."""
    members = series.members.filter(user__is_active=True).select_related("user")
    people = [member.user for member in (members.filter(side=side) if side else members)]
    address = f"{settings.PORTAL_URL}/agenda/overleg/{series.pk}/"
    with translation.override(settings.LANGUAGE_CODE):
        subjects = {
            "agreement": _("An agreement is due"),
            "quiet": _("No talk this quarter yet"),
        }
        for person in people:
            body = render_to_string(
                "network/events/reminder.txt",
                {"person": person, "what": what, "address": address},
            )
            send_mail(subjects[what], body, None, [person.email])
    return len(people)
