"""Requests of people about their own data: registered without a name, answered by two people.

There is no search by name, so most requests end in "we can't find anything" unless the person
gives a reference or a code (GR-03; AVG 11.2 and 12.2). Erasing takes the same way as the daily
round, on the same day.
"""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from meldpunt.reports import policies
from meldpunt.reports.models import Answer, Hold, Report, Right, RightsRequest
from meldpunt.reports.services.destruction import OnHold, order_shredding
from meldpunt.vault.services.domains import Domain
from meldpunt.vault.services.holders import chain_of
from portal.accounts.models import User
from portal.audit.services import record
from portal.regions.models import Municipality

RULE = "request of the person"


class AnsweredAlready(Exception):
    """The request has its answer, or was extended before."""


class NothingToErase(Exception):
    """Erasing can't be granted without saying which report."""


@transaction.atomic
def register_request(
    municipality: Municipality,
    *,
    right: Right,
    received_on: date,
    report: Report | None = None,
    by: User,
) -> RightsRequest:
    """Note that somebody asked something; the term starts on the day it came in.

    Raises:
        PermissionDenied: ``by`` neither works at nor supervises this meldpunt.
    """
    if not policies.can_answer_requests(by, municipality.pk):
        raise PermissionDenied
    request = RightsRequest.objects.create(
        municipality=municipality,
        report=report,
        right=right,
        received_on=received_on,
        due_on=received_on + timedelta(days=settings.MELDPUNT_RIGHTS_DAYS),
        registered_by=by.reference,
    )
    _write("rights.registered", request, by)
    return request


@transaction.atomic
def extend_request(request: RightsRequest, *, by: User) -> RightsRequest:
    """Take two months more, once; the person hears so within the first month (AVG 12.3).

    Raises:
        PermissionDenied: ``by`` has nothing to do with this municipality.
        AnsweredAlready: it has its answer, or was extended.
    """
    request = _waiting(request, by)
    if request.was_extended:
        raise AnsweredAlready
    request.was_extended = True
    request.due_on += timedelta(days=settings.MELDPUNT_RIGHTS_EXTRA_DAYS)
    request.save(update_fields=["was_extended", "due_on"])
    _write("rights.extended", request, by)
    return request


@transaction.atomic
def propose_answer(request: RightsRequest, *, answer: Answer, by: User) -> RightsRequest:
    """Say how it should be answered; a second person decides.

    Raises:
        PermissionDenied, AnsweredAlready.
        NothingToErase: erasing is granted, and no report is named.
    """
    request = _waiting(request, by)
    if answer is Answer.GRANTED and request.right in ERASES and request.report is None:
        raise NothingToErase
    request.answer, request.proposed_by = answer, by.reference
    request.save(update_fields=["answer", "proposed_by"])
    _write("rights.proposed", request, by)
    return request


@transaction.atomic
def agree_answer(request: RightsRequest, *, by: User) -> RightsRequest:
    """Be the second person; what must be erased is erased at once.

    Raises:
        PermissionDenied: ``by`` proposed the answer.
        AnsweredAlready: it is answered, or nobody proposed anything.
        OnHold: the FG paused the destruction of this report (AVG 17.3).
    """
    request = _waiting(request, by)
    if not request.answer:
        raise AnsweredAlready
    if request.proposed_by == by.reference:
        raise PermissionDenied
    request.answered_by, request.answered_on = by.reference, timezone.localdate()
    request.save(update_fields=["answered_by", "answered_on"])
    _write("rights.answered", request, by)
    if request.answer == Answer.GRANTED and request.right in ERASES and request.report:
        if Hold.objects.in_force(on=timezone.localdate()).filter(report=request.report).exists():
            raise OnHold
        order_shredding(request.report, ERASES[Right(request.right)], rule=RULE)
    return request


# The internal domain dies with the whole report, never alone.
ERASES = {Right.ERASURE: Domain.INTERNAL, Right.ERASE_IDENTITY: Domain.IDENTITY}


def _waiting(request: RightsRequest, by: User) -> RightsRequest:
    if not policies.can_answer_requests(by, request.municipality_id):
        raise PermissionDenied
    held: RightsRequest = (
        RightsRequest.objects.get_queryset().select_for_update().get(pk=request.pk)
    )
    if held.answered_by:
        raise AnsweredAlready
    return held


def _write(action: str, request: RightsRequest, by: User) -> None:
    record(
        action,
        by=by.reference,
        subject=f"report:{request.report.ref}" if request.report else "",
        reason=request.right,
        details={"answer": request.answer} if request.answer else {},
        chain=chain_of(request.municipality),
        precision="hour",
    )
