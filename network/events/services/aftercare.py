"""After an event: ask what it was worth, and forget what people needed."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Avg, Count, Exists, OuterRef, Q

from network.events.models import Evaluation, Event, Guest, Registration
from network.events.models.evaluations import Moment
from network.events.services.guests import LINK_VALID
from network.events.services.registering import notify
from network.events.workflow import COUNTS, Place, State
from portal.figures.small_numbers import FEWEST_SHOWN

FORGET_AFTER = timedelta(days=7)
ASK_AFTER = {Moment.DAYS: timedelta(days=3), Moment.MONTHS: timedelta(days=91)}
# Nobody is asked about something long gone because a machine stood still.
AT_LATEST = timedelta(days=30)
MATERIALS = "materials"


class AlreadyAnswered(Exception):
    """The person behind the ticket evaluated this moment before."""


def forget_needs(now: datetime) -> int:
    """Delete what people needed at events that ended a week ago; returns how many (domain.md 1.4)."""
    return (
        Registration.objects.filter(event__ends_at__lt=now - FORGET_AFTER)
        .exclude(needs="")
        .update(needs="")
    )


def forget_guests(now: datetime) -> int:
    """Delete guests with all that is theirs; returns how many.

    A week after the event, a day after signing off, and a day after a letter that nobody opened.
    """
    yesterday = now - LINK_VALID
    has_place = Registration.objects.filter(guest=OuterRef("pk"), state__in=COUNTS)
    _rows, deleted = Guest.objects.filter(
        Q(event__ends_at__lt=now - FORGET_AFTER)
        | Q(registrations=None, asked_at__lt=yesterday)
        | Q(~Exists(has_place), registrations__cancelled_at__lt=yesterday)
    ).delete()
    return deleted.get("network_events.Guest", 0)


@transaction.atomic
def ask_for_evaluations(now: datetime) -> int:
    """Write to who was there, three days and three months afterwards; returns how many letters."""
    letters = 0
    for moment, after in ASK_AFTER.items():
        due = Registration.objects.select_for_update().filter(
            was_there_q(),
            event__state=State.PUBLISHED,
            event__ends_at__lte=now - after,
            event__ends_at__gt=now - after - AT_LATEST,
        )
        for registration in due.exclude(asked__contains=moment.value):
            registration.asked = f"{registration.asked}|{moment.value}"
            registration.save(update_fields=["asked"])
            notify(registration, moment.value)
            letters += 1
    return letters


@transaction.atomic
def send_materials(now: datetime) -> int:
    """Write to who was there that there are materials, once; returns how many letters.

    A planner may add them until a month after the event.
    """
    due = Registration.objects.select_for_update().filter(
        was_there_q(),
        event__state=State.PUBLISHED,
        event__ends_at__lte=now,
        event__ends_at__gt=now - AT_LATEST,
    )
    letters = 0
    for registration in due.exclude(event__materials="").exclude(asked__contains=MATERIALS):
        registration.asked = f"{registration.asked}|{MATERIALS}"
        registration.save(update_fields=["asked"])
        notify(registration, MATERIALS)
        letters += 1
    return letters


def was_there_q() -> Q:
    """Who was checked in, or joined online."""
    return Q(state=Place.SEATED) & (Q(attended_at__isnull=False) | Q(is_online=True))


@transaction.atomic
def evaluate(
    registration: Registration, *, moment: str, useful: int, confidence: int, text: str
) -> None:
    """Keep an answer apart from who gave it.

    Raises:
        AlreadyAnswered: this person answered for this moment.
    """
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    if moment in registration.answered:
        raise AlreadyAnswered
    registration.answered = f"{registration.answered}|{moment}"
    registration.save(update_fields=["answered"])
    Evaluation.objects.create(
        event=registration.event,
        moment=moment,
        useful=useful,
        confidence=confidence,
        text=text,
    )


def outcome(event: Event) -> list[dict[str, Any]]:
    """Means for each moment; fewer than five answers stay hidden (GR-15)."""
    found = event.evaluations.values("moment").annotate(
        number=Count("pk"), useful=Avg("useful"), confidence=Avg("confidence")
    )
    by_moment = {row["moment"]: row for row in found}
    before = event.registrations.filter(state=Place.SEATED, confidence__isnull=False).aggregate(
        number=Count("pk"), confidence=Avg("confidence")
    )
    rows = [{"title": "before", **before, "useful": None}]
    rows += [{"title": moment, **by_moment.get(moment, {"number": 0})} for moment in Moment]
    return [row if row["number"] >= FEWEST_SHOWN else {**row, "is_hidden": True} for row in rows]
