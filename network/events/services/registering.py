"""Getting a seat, waiting for one, and giving it back.

Whoever asks for the event's row first is served first: PostgreSQL locks it, and on SQLite a
transaction that writes is alone anyway. So no seat is given twice, and nobody is skipped.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.events import policies
from network.events.models import Event, Guest, Registration, Session
from network.events.services.letters import send_letter
from network.events.workflow import COUNTS, Place
from portal.accounts.models import User


class Closed(Exception):
    """The event takes no registrations now."""


class SessionFull(Exception):
    """A session that was chosen has no seat left."""

    def __init__(self, session: Session) -> None:
        super().__init__(str(session.pk))
        self.session = session


@transaction.atomic
def register(
    event: Event,
    *,
    sessions: Iterable[Session] = (),
    is_online: bool = False,
    needs: str = "",
    confidence: int | None = None,
    by: User,
) -> Registration:
    """Give ``by`` a seat, or a place at the end of the waiting list.

    Who registers twice keeps the first place; the choices are changed.

    Raises:
        PermissionDenied: this event is not for this person.
        Closed: it is too late, cancelled, or takes no registrations.
        SessionFull: a chosen session has no seat left; nothing is stored.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not policies.can_register(by, event):
        raise PermissionDenied
    found = event.registrations.filter(user=by, state__in=COUNTS).first()
    registration = found or Registration(event=event, user=by, number=event.next_number)
    return take_place(
        registration, event, sessions, is_online=is_online, needs=needs, confidence=confidence
    )


@transaction.atomic
def confirm(
    guest: Guest,
    *,
    sessions: Iterable[Session] = (),
    is_online: bool = False,
    needs: str = "",
    confidence: int | None = None,
) -> Registration:
    """Give a guest a seat, or a place at the end of the waiting list; twice is the same as once.

    Whoever holds the code of the guest read the letter, so there is nobody else to ask for.

    Raises:
        Closed: it is too late, cancelled, or takes no guests.
        SessionFull: a chosen session has no seat left; nothing is stored.
    """
    event = Event.objects.select_for_update().get(pk=guest.event_id)
    if not event.admits_guests:
        raise Closed
    found = event.registrations.filter(guest=guest, state__in=COUNTS).first()
    registration = found or Registration(event=event, guest=guest, number=event.next_number)
    return take_place(
        registration, event, sessions, is_online=is_online, needs=needs, confidence=confidence
    )


def take_place(
    registration: Registration,
    event: Event,
    sessions: Iterable[Session],
    *,
    is_online: bool,
    needs: str,
    confidence: int | None,
) -> Registration:
    """Store a new or a changed registration; the event's row is locked by the caller.

    Raises:
        Closed, SessionFull: see ``register``.
    """
    if not event.takes_registrations:
        raise Closed
    is_new = registration.pk is None
    was_online = registration.is_online
    registration.is_online = bool(event.online_url) and (is_online or not event.location)
    registration.needs, registration.confidence = needs, confidence
    is_new_seat = is_new or was_online != registration.is_online
    if is_new_seat:
        others = event.registrations.exclude(pk=registration.pk)
        has_seat = registration.is_online or free(event, others) > 0
        registration.state = Place.SEATED if has_seat else Place.WAITING
    registration.save()
    if is_new:
        event.next_number += 1
        event.save(update_fields=["next_number"])
    choose(registration, sessions)
    if is_new_seat and not is_new:
        promote(event)
    notify(registration, "seated" if registration.state == Place.SEATED else "waiting")
    return registration


def choose(registration: Registration, sessions: Iterable[Session]) -> None:
    """Take the chosen sessions; the event's row is locked.

    Raises:
        SessionFull: one of them has no seat left.
    """
    chosen = [one for one in sessions if one.event_id == registration.event_id]
    for session in chosen:
        if session.capacity is None:
            continue
        taken = session.registrations.filter(state__in=COUNTS).exclude(pk=registration.pk)
        if taken.count() >= session.capacity:
            raise SessionFull(session)
    registration.sessions.set(chosen)


def free(event: Event, registrations: object = None) -> float:
    """How many seats are left; somebody online takes none."""
    if event.capacity is None:
        return float("inf")
    rows = event.registrations.all() if registrations is None else registrations
    return event.capacity - rows.filter(state=Place.SEATED, is_online=False).count()  # type: ignore[attr-defined]


@transaction.atomic
def sign_off(registration: Registration, *, by: User) -> Registration:
    """Give the place back; the first on the waiting list gets the seat.

    Raises:
        PermissionDenied: it is somebody else's, and ``by`` does not plan the event.
    """
    event = Event.objects.select_for_update().get(pk=registration.event_id)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    if not policies.can_sign_off(by, registration):
        raise PermissionDenied
    return give_back(registration, event)


@transaction.atomic
def leave(guest: Guest) -> None:
    """Give back the place of a guest, who holds the code; the rest of it goes within a day."""
    event = Event.objects.select_for_update().get(pk=guest.event_id)
    for registration in guest.registrations.select_for_update():
        give_back(registration, event)


def give_back(registration: Registration, event: Event) -> Registration:
    """Free a place; the event's row is locked by the caller."""
    if registration.state not in COUNTS:
        return registration
    registration.state = Place.CANCELLED
    registration.cancelled_at = timezone.now()
    registration.needs = ""
    registration.save(update_fields=["state", "cancelled_at", "needs"])
    registration.sessions.clear()
    promote(event)
    notify(registration, "signed_off")
    return registration


def promote(event: Event) -> list[Registration]:
    """Give every free seat to who waits longest; the event's row is locked by the caller."""
    promoted = []
    queue = event.registrations.filter(state=Place.WAITING).order_by("number")
    seats = free(event)
    for registration in queue if seats == float("inf") else queue[: max(0, int(seats))]:
        registration.state = Place.SEATED
        registration.promoted_at = timezone.now()
        registration.save(update_fields=["state", "promoted_at"])
        notify(registration, "promoted")
        promoted.append(registration)
    return promoted


def notify(registration: Registration, what: str) -> None:
    """Write to the person once the change is really stored."""
    number = registration.pk
    transaction.on_commit(lambda: send_letter.enqueue(number, what))
