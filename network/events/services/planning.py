"""Making, changing, publishing and cancelling events."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify

from network.events import policies
from network.events.models import Event
from network.events.services.registering import notify, promote
from network.events.workflow import COUNTS, State, may_go
from portal.accounts.models import User
from portal.audit.services import record

# What people have in their calendars; another value is worth a letter.
TOLD = ("title", "starts_at", "ends_at", "location", "online_url")


# Words that stand in addresses of the agenda itself.
TAKEN = ("mijn", "gast", "kaartje", "evaluatie", "overleg")


class WrongStep(Exception):
    """The event cannot go to this state from where it is."""


@transaction.atomic
def save_event(event: Event, *, by: User) -> Event:
    """Store an event, new or changed; who registered hears of a change that matters.

    Raises:
        PermissionDenied: ``by`` does not plan events there.
    """
    if not policies.can_plan(by, event):
        raise PermissionDenied
    before: dict[str, Any] = {}
    if event.pk:
        stored = Event.objects.select_for_update().get(pk=event.pk)
        if not policies.can_plan(by, stored):
            raise PermissionDenied
        before = {name: getattr(stored, name) for name in TOLD}
        event.next_number, event.state = stored.next_number, stored.state
        event.sequence = stored.sequence
    else:
        event.made_by = by
        event.slug = event.slug or free_slug(event.title)
    is_changed = any(before[name] != getattr(event, name) for name in before)
    event.sequence += int(is_changed)
    event.save()
    record("event.saved", by=by.reference, subject=f"event:{event.pk}")
    if event.state == State.PUBLISHED:
        promote(event)
        if is_changed:
            tell(event, "changed")
    return event


def free_slug(title: str) -> str:
    """A short address that no other event has."""
    base = slugify(title)[:70] or "agenda"
    slug, number = base, 1
    while slug in TAKEN or Event.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def publish(event: Event, *, by: User) -> Event:
    """Show a draft to its audience.

    Raises:
        PermissionDenied, WrongStep: see ``go``.
    """
    return go(event, State.PUBLISHED, by=by)


@transaction.atomic
def cancel(event: Event, *, reason: str, by: User) -> Event:
    """Call an event off; everybody who registered gets a letter with the cancellation.

    Raises:
        PermissionDenied, WrongStep: see ``go``.
    """
    event = go(event, State.CANCELLED, by=by)
    event.cancel_reason = reason
    event.sequence += 1
    event.save(update_fields=["cancel_reason", "sequence", "changed_at"])
    tell(event, "cancelled")
    return event


def go(event: Event, state: State, *, by: User) -> Event:
    """Take one step, in the transaction of the caller.

    Raises:
        PermissionDenied: ``by`` does not plan this event.
        WrongStep: it cannot go there from where it is.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not policies.can_plan(by, event):
        raise PermissionDenied
    if not may_go(event.state, state):
        raise WrongStep
    event.state = state
    event.save(update_fields=["state", "changed_at"])
    record(f"event.{state}", by=by.reference, subject=f"event:{event.pk}")
    return event


def tell(event: Event, what: str) -> None:
    """A letter to everybody with a seat or a place on the waiting list."""
    for registration in event.registrations.filter(state__in=COUNTS):
        notify(registration, what)
