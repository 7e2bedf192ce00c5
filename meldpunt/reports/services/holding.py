"""Pausing destruction: the FG asks with a reason and an end, a second person confirms (GR-13)."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.reports import policies
from meldpunt.reports.models import Hold, HoldReason, Report
from meldpunt.reports.workflow import Phase
from meldpunt.vault.services.holders import chain_of
from portal.accounts.models import User
from portal.audit.services import record


class TooLate(Exception):
    """The report is destroyed; nothing can be paused any more."""


class TooLong(Exception):
    """The hold ends in the past, or later than a hold may last."""


class HeldAlready(Exception):
    """There is a hold on this report."""


@transaction.atomic
def ask_hold(report: Report, *, reason: HoldReason, until: date, by: User) -> Hold:
    """Ask that a report is not destroyed until ``until``; pauses it for a few days at once.

    Raises:
        PermissionDenied: ``by`` does not supervise this municipality.
        TooLate, TooLong, HeldAlready.
    """
    if not policies.can_supervise(by, report.municipality_id):
        raise PermissionDenied
    today = timezone.localdate()
    if not today <= until <= today + timedelta(days=settings.MELDPUNT_HOLD_LONGEST):
        raise TooLong
    held: Report = Report.objects.get_queryset().locked(report)
    if held.phase == Phase.DESTROYED:
        raise TooLate
    _end_what_ran_out(held, today)
    try:
        with transaction.atomic():
            hold = Hold.objects.create(
                report=held,
                municipality_id=held.municipality_id,
                reason=reason,
                until=until,
                asked_on=today,
                asked_by=by.reference,
            )
    except IntegrityError:
        raise HeldAlready from None
    _write("report.hold_asked", hold, by, until=until)
    return hold


@transaction.atomic
def confirm_hold(hold: Hold, *, by: User) -> Hold:
    """Be the second person: supervision or staff of this meldpunt, not who asked.

    Raises:
        PermissionDenied: ``by`` asked for it, or has nothing to do with this municipality.
    """
    if not policies.can_confirm_hold(by, hold):
        raise PermissionDenied
    hold.confirmed_by = by.reference
    hold.save(update_fields=["confirmed_by"])
    _write("report.hold_confirmed", hold, by)
    return hold


@transaction.atomic
def lift_hold(hold: Hold, *, by: User) -> Hold:
    """End a hold before its day; destruction goes on tonight.

    Raises:
        PermissionDenied: ``by`` does not supervise this municipality.
    """
    if not policies.can_supervise(by, hold.municipality_id) or hold.lifted_by:
        raise PermissionDenied
    hold.lifted_by = by.reference
    hold.save(update_fields=["lifted_by"])
    _write("report.hold_lifted", hold, by)
    return hold


def _end_what_ran_out(report: Report, today: date) -> None:
    """A hold that ran out, or waited in vain for a second person, makes room for another."""
    running = Hold.objects.in_force(on=today).values("pk")
    past = Hold.objects.filter(report=report, lifted_by="").exclude(pk__in=running)
    past.update(lifted_by="system")


def _write(action: str, hold: Hold, by: User, until: date | None = None) -> None:
    record(
        action,
        by=by.reference,
        subject=f"report:{hold.report.ref}",
        reason=hold.reason,
        details={"until": until.isoformat()} if until else {},
        chain=chain_of(hold.municipality),
        precision="hour",
    )
