"""Letters about an event, one at a time and in the background, with the calendar entry in it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from network.events.models import Registration

WITH_ENTRY = ("seated", "promoted", "changed", "signed_off", "cancelled")


@task(queue_name="mail")
def send_letter(number: int, what: str) -> None:
    """Write to the person of registration ``number`` about ``what`` happened.

    A registration that is gone meanwhile gets no letter.
    """
    registration = (
        Registration.objects.select_related("event", "user", "guest").filter(pk=number).first()
    )
    if registration is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        letter(registration, what).send()


def letter(registration: Registration, what: str) -> EmailMessage:
    """The letter itself, in the language of now."""
    event = registration.event
    subjects = {
        "seated": _("You are registered"),
        "waiting": _("You are on the waiting list"),
        "promoted": _("There is a seat for you"),
        "changed": _("The event has changed"),
        "signed_off": _("You are signed off"),
        "cancelled": _("The event is cancelled"),
        "3d": _("How was the event?"),
        "3m": _("What did you do with it?"),
        "materials": _("The materials of the event"),
    }
    context = {
        "registration": registration,
        "event": event,
        "what": what,
        "address": settings.PORTAL_URL + event.get_absolute_url(),
        "ticket": settings.PORTAL_URL + registration.own_path,
        "evaluation": f"{settings.PORTAL_URL}/agenda/evaluatie/{registration.ticket}/"
        f"{'3m' if what == '3m' else '3d'}/",
    }
    message = EmailMessage(
        subject=f"{subjects[what]}: {event.title}",
        body=render_to_string("network/events/letter.txt", context),
        to=[registration.email],
    )
    if what in WITH_ENTRY:
        from network.events.services.calendar import invitation

        message.attach("afspraak.ics", invitation(registration).decode(), "text/calendar")
    return message
