"""Attendance at events that count for a module: in the history, and taken back when it was wrong."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from knowledge.training import policies
from knowledge.training.models import (
    Attempt,
    Certificate,
    CountingEvent,
    Draft,
    Erasure,
    ModulePage,
)
from knowledge.training.models.attempts import Kind
from knowledge.training.services.taking import enrolment_of, is_complete, keep_up
from network.events.models import Event, Registration
from portal.accounts.models import User
from portal.audit.services import record

LONG_AGO = timedelta(days=92)  # events of the last quarter can still be made to count


def events_to_count(user: User) -> QuerySet[Event]:
    """Events that this person may make count: with registrations, and not long ago."""
    return (
        Event.objects.visible_to(user)
        .filter(needs_registration=True, ends_at__gte=timezone.now() - LONG_AGO)
        .exclude(state="cancelled")
        .order_by("starts_at", "pk")
    )


@transaction.atomic
def count_for(event: Event, *, module: ModulePage | None, by: User) -> None:
    """Let an event count for a module, or for none; who was checked in before counts as well.

    Raises:
        PermissionDenied: ``by`` keeps no register.
    """
    if not policies.can_coordinate(by):
        raise PermissionDenied
    if module is None:
        CountingEvent.objects.filter(event=event).delete()
    else:
        CountingEvent.objects.update_or_create(
            event=event, defaults={"module": module, "named_by": by}
        )
    record(
        "training.event_counts",
        by=by.reference,
        subject=f"event:{event.pk}",
        details={"module": module.pk if module else None},
    )
    transaction.on_commit(lambda: bring_all_in_line.enqueue(event.pk))


@task()
def bring_all_in_line(number: int) -> None:
    """The histories of everybody who was at an event, unless it is gone meanwhile."""
    with transaction.atomic():
        for event in Event.objects.select_for_update().filter(pk=number):
            bring_in_line(event)


def presence_changed(sender: Any, registration: Registration, **kwargs: Any) -> None:
    """Somebody was checked in, or the mark was taken away; in the transaction of that deed."""
    if registration.user_id:
        bring_in_line(registration.event, user=registration.user)


def bring_in_line(event: Event, *, user: User | None = None) -> None:
    """Make the histories say who was at an event: of everybody, or of one person.

    Guests have no history, and neither has who follows no training, or who deleted the own
    history after that event.
    """
    counting = CountingEvent.objects.filter(event=event).select_related("module").first()
    erased = Erasure.objects.filter(user=OuterRef("user"), erased_at__gt=OuterRef("attended_at"))
    seats = event.registrations.filter(
        ~Exists(erased), user__isnull=False, attended_at__isnull=False
    )
    written = Attempt.objects.passed().filter(event=event, kind=Kind.ATTENDED)
    if user:
        seats, written = seats.filter(user=user), written.filter(user=user)
    there = {seat.user: seat for seat in seats.select_related("user")} if counting else {}
    known = set()
    for attempt in written.select_related("user"):
        if counting and attempt.user in there and attempt.module_id == counting.module_id:
            known.add(attempt.user)
        else:
            take_back(attempt)
    for person, seat in there.items():
        if counting and person and person not in known and policies.can_follow(person):
            write(seat, counting.module, user=person)


def write(seat: Registration, module: ModulePage, *, user: User) -> Attempt:
    """The attempt of somebody who was there."""
    attempt = Attempt.objects.create(
        user=user,
        module=module,
        module_title=module.title,
        kind=Kind.ATTENDED,
        score=100,
        pass_mark=module.pass_mark,
        is_passed=True,
        finished_at=seat.attended_at or timezone.now(),
        event_id=seat.event_id,
    )
    keep_up(attempt, module=module)
    return attempt


def take_back(wrong: Attempt) -> Attempt:
    """Add a row that takes an attendance back, and withdraw what was given for it."""
    now = timezone.now()
    correction = Attempt.objects.create(
        user=wrong.user,
        module_id=wrong.module_id,
        module_title=wrong.module_title,
        kind=Kind.WITHDRAWN,
        score=0,
        pass_mark=wrong.pass_mark,
        is_passed=False,
        finished_at=now,
        event_id=wrong.event_id,
        takes_back=wrong,
    )
    module = ModulePage.objects.filter(pk=wrong.module_id).first()
    held = Certificate.objects.filter(
        user=wrong.user, module=wrong.module_id, withdrawn_at=None
    ).select_related("attempt__user")
    for certificate in held:
        is_gone = certificate.attempt_id == wrong.pk
        if is_gone or (module and not is_complete(certificate.attempt, module)):
            certificate.withdrawn_at = now
            certificate.save(update_fields=["withdrawn_at"])
            record(
                "training.withdrawn",
                by=wrong.user.reference,
                subject=f"module:{wrong.module_id}",
            )
    if module:
        set_back(wrong.user, module)
    return correction


def set_back(user: User, module: ModulePage) -> None:
    """The dates of an enrolment as they follow from what is left; without anything it goes."""
    enrolment = enrolment_of(user, module)
    left = Attempt.objects.filter(user=user, module=module).exclude(
        Q(kind=Kind.WITHDRAWN) | Q(corrections__isnull=False)
    )
    passed = left.filter(is_passed=True)
    held = Certificate.objects.filter(user=user, module=module, withdrawn_at=None)
    first, last = left.order_by("finished_at").first(), passed.order_by("-finished_at").first()
    best = held.order_by("-valid_until").select_related("attempt").first()
    has_begun = first or Draft.objects.filter(user=user, module=module).exists()
    if not has_begun and enrolment.invited_at is None:
        enrolment.delete()
        return
    enrolment.started_at = enrolment.started_at if has_begun else None
    enrolment.refreshed_on = timezone.localdate(last.finished_at) if last else None
    enrolment.passed_at = best.attempt.finished_at if best else None
    enrolment.valid_until = best.valid_until if best else None
    enrolment.save()
