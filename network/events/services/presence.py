"""Who was there."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.events import policies
from network.events.models import Registration
from network.events.signals import presence_was_changed
from network.events.workflow import Place
from portal.accounts.models import User


class NoSeat(Exception):
    """The ticket gives no seat: signed off, or still on the waiting list."""


@transaction.atomic
def check_in(registration: Registration, *, is_there: bool = True, by: User) -> Registration:
    """Mark somebody as present, or take the mark away; twice is the same as once.

    Raises:
        PermissionDenied: ``by`` does not plan this event.
        NoSeat: the person has no seat.
    """
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    if not policies.can_plan(by, registration.event):
        raise PermissionDenied
    if registration.state != Place.SEATED:
        raise NoSeat
    if is_there and registration.attended_at is None:
        registration.attended_at = timezone.now()
    if not is_there:
        registration.attended_at = None
    registration.save(update_fields=["attended_at"])
    presence_was_changed.send(Registration, registration=registration)
    return registration
