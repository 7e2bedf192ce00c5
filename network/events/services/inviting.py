"""Asking an audience, in the background: a batch at a time, so that progress shows."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from network.events import policies
from network.events.models import Event, InvitationRun, Invitee
from network.events.workflow import State
from portal.accounts.models import User
from portal.audit.services import record

BATCH = 50


class NotPublished(Exception):
    """Nobody is asked for an event that they cannot see."""


@transaction.atomic
def invite(event: Event, *, users: Iterable[int], by: User) -> InvitationRun:
    """Ask these people for the event, once each; whoever was asked before is left out.

    Raises:
        PermissionDenied: ``by`` does not plan this event.
        NotPublished: it is no published event.
    """
    if not policies.can_plan(by, event):
        raise PermissionDenied
    if event.state != State.PUBLISHED:
        raise NotPublished
    run = InvitationRun.objects.create(event=event, asked_by=by)
    Invitee.objects.bulk_create(
        [Invitee(run=run, event=event, user_id=number) for number in users],
        batch_size=500,
        ignore_conflicts=True,
    )
    record(
        "event.invited",
        by=by.reference,
        subject=f"event:{event.pk}",
        details={"people": run.invitees.count()},
    )
    transaction.on_commit(lambda: send_invitations.enqueue(run.pk))
    return run


@task(queue_name="mail")
def send_invitations(number: int) -> None:
    """Send what is still to be sent of a round; safe to begin again after it was broken off."""
    run = InvitationRun.objects.select_related("event").get(pk=number)
    while send_batch(run):
        pass
    InvitationRun.objects.filter(pk=number, finished_at=None).update(finished_at=timezone.now())


def send_batch(run: InvitationRun) -> int:
    """Send the next letters of a round, and mark them in the same transaction; returns how many."""
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        rows = list(
            run.invitees.select_for_update()
            .filter(sent_at=None)
            .select_related("user")
            .order_by("pk")[:BATCH]
        )
        Invitee.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=timezone.now())
        letters = [letter(run.event, row.user) for row in rows if row.user.is_active]
        get_connection().send_messages(letters)
    return len(rows)


def letter(event: Event, user: User) -> EmailMessage:
    """The invitation."""
    context = {
        "event": event,
        "person": user,
        "address": settings.PORTAL_URL + event.get_absolute_url(),
    }
    return EmailMessage(
        subject=_("Invitation: %(title)s") % {"title": event.title},
        body=render_to_string("network/events/invitation.txt", context),
        to=[user.email],
    )
