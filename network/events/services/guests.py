"""Guests: whoever comes without an account confirms by a letter first."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from network.events.models import Event, Guest
from network.events.services.registering import Closed

LINK_VALID = timedelta(hours=24)
AGAIN_AFTER = timedelta(minutes=10)
EACH_EVENT_AN_HOUR = 60
ALL_EVENTS_AN_HOUR = 300


class TooMany(Exception):
    """More letters are asked for in this hour than guests come; nothing was stored."""


@transaction.atomic
def ask(event: Event, *, email: str) -> None:
    """Write to an address how to confirm; nothing here says whether it was known.

    Raises:
        Closed: the event takes no guests now.
        TooMany: somebody or something asks too much.
    """
    if not (event.admits_guests and event.takes_registrations):
        raise Closed
    now = timezone.now()
    lately = Guest.objects.filter(asked_at__gt=now - timedelta(hours=1))
    if (
        lately.filter(event=event).count() >= EACH_EVENT_AN_HOUR
        or lately.count() >= ALL_EVENTS_AN_HOUR
    ):
        raise TooMany
    guest, is_new = Guest.objects.get_or_create(event=event, email=email.lower())
    if is_new or guest.asked_at < now - AGAIN_AFTER:
        guest.asked_at = now
        guest.save(update_fields=["asked_at"])
        transaction.on_commit(lambda: write.enqueue(guest.pk))


@task(queue_name="mail")
def write(number: int) -> None:
    """The letter with the link; none when the guest is gone meanwhile."""
    guest = Guest.objects.select_related("event").filter(pk=number).first()
    if guest is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "event": guest.event,
            "address": f"{settings.PORTAL_URL}/agenda/gast/{guest.code}/",
            "about": settings.PORTAL_URL + guest.event.get_absolute_url(),
        }
        body = render_to_string("network/events/guest_letter.txt", context)
        subject = _("Confirm that you come: %(title)s") % {"title": guest.event.title}
        send_mail(subject, body, None, [guest.email])


def guest_of(code: str, now: datetime) -> Guest | None:
    """Whose letter this is, unless it lay unopened for a day."""
    guest = Guest.objects.select_related("event").filter(code=code).first()
    if guest is None or guest.registrations.exists() or guest.asked_at >= now - LINK_VALID:
        return guest
    return None
