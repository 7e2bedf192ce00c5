"""What meldpunt staff do with a report: the table of domain.md 7.1, carried out."""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from meldpunt.reports import policies
from meldpunt.reports.models import IndexEntry
from meldpunt.reports.services import closing
from meldpunt.reports.services.destruction import order_shredding
from meldpunt.reports.services.guards import NotRecorded, require_sound
from meldpunt.reports.services.parts import read_parts
from meldpunt.reports.services.worklist import Work, domain_of, save_entry
from meldpunt.reports.services.writing import Recorded, keep, tell_reporter, trace
from meldpunt.reports.workflow import (
    NoFollowUpReason,
    ReporterStatus,
    ReportState,
    Step,
    StepNotAllowed,
    Who,
    needs_second_person,
    step,
)
from meldpunt.vault.services.codes import format_reference, new_reference
from meldpunt.vault.services.domains import Domain
from meldpunt.vault.services.holders import chain_of
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.models import User
from portal.audit.services import record

TO_REPORTER = ("question", "advice", "feedback")
DAYS = ("weighing_on", "basis_until")  # of these the list must know
TRANSFER_RECORD = (
    "recipient",
    "transfer_channel",
    "confirmed_on",
    "legal_basis",
    "basis_until",
    "signal",
)
KEPT_APART = ("minimised", *TO_REPORTER)


@transaction.atomic
def take_step(
    work: Work, *, to: ReportState, recorded: Recorded, keys: UnlockedKeys, by: User
) -> Work:
    """Bring a report to another state, with what must be written down.

    A step that needs two people becomes a proposal that waits for the second.

    Args:
        work: The report with its entry.
        to: The wanted state.
        recorded: The words of the table: ``question``, ``advice``, ``minimised``, ``reason``…
        keys: What ``by`` unlocked.
        by: The handler.

    Raises:
        StepNotAllowed: the table does not hold this step from here, or one waits already.
        PermissionDenied: ``by`` is not who may take it.
        NotRecorded: a word of the table is missing.
        Refused: a guard says no, and why.
        ChangedMeanwhile: somebody else changed the report.
    """
    wanted = step(work.entry.state, to)
    if work.entry.pending is not None:
        raise StepNotAllowed
    _require(work, wanted.who, by)
    if not all(recorded.get(name) for name in still_needed(work.entry, wanted)):
        raise NotRecorded
    require_sound(work.report, work.entry, to, recorded)
    if needs_second_person(work.entry.state, to, str(recorded.get("reason") or "")):
        return _propose(work, to, recorded, keys, by)
    return _carry_out(work, to, recorded, keys=keys, by=by.pk, second=None)


@transaction.atomic
def agree(work: Work, *, keys: UnlockedKeys, by: User) -> Work:
    """Be the second person; the step is taken at once.

    Raises:
        PermissionDenied: ``by`` proposed it, handles the report, or nothing waits.
        Refused: what was proposed can't be done any more.
    """
    if not policies.can_be_second(by, work.report, work.entry):
        raise PermissionDenied
    proposal = _proposal(work, keys)
    require_sound(work.report, work.entry, ReportState(proposal["to"]), proposal["recorded"])
    work = Work(work.report, work.entry.but(pending=None, pending_by=None), work.seq)
    return _carry_out(
        work,
        ReportState(proposal["to"]),
        proposal["recorded"],
        keys=keys,
        by=proposal["by"],
        second=by.pk,
    )


@transaction.atomic
def decline(work: Work, *, note: str, keys: UnlockedKeys, by: User) -> Work:
    """Be the second person who does not agree, and say why.

    Raises:
        PermissionDenied: as for ``agree``.
    """
    if not policies.can_be_second(by, work.report, work.entry):
        raise PermissionDenied
    keep(work, {"kind": "declined", "text": note, "by": by.pk}, keys)
    trace("report.state_changed", work, by, outcome="refused")
    return save_entry(work, work.entry.but(pending=None, pending_by=None), keys=keys)


@transaction.atomic
def send_message(
    work: Work,
    *,
    text: str,
    message_id: UUID,
    is_interim: bool = False,
    keys: UnlockedKeys,
    by: User,
) -> Work:
    """Write to the reporter without changing the state.

    ``is_interim``: it says that the feedback comes later, and its term begins anew.

    Raises:
        PermissionDenied: ``by`` does not handle this report.
        AlreadyWritten: it was sent before.
    """
    _require(work, Who.HANDLER, by)
    part = {"kind": "message", "text": text, "status": ReporterStatus.LOOKED_AT}
    work = tell_reporter(work, part, keys, message_id=message_id)
    trace("report.message_sent", work, by)
    entry = work.entry.but(interim_on=timezone.localdate()) if is_interim else work.entry
    return save_entry(work, entry, keys=keys)


@transaction.atomic
def add_note(work: Work, *, text: str, message_id: UUID, keys: UnlockedKeys, by: User) -> None:
    """Keep a note that only staff can ever read.

    Raises:
        PermissionDenied: ``by`` is not staff of this meldpunt.
        AlreadyWritten: it was sent before.
    """
    _require(work, Who.STAFF, by)
    keep(work, {"kind": "note", "text": text, "by": by.pk}, keys, message_id)
    trace("report.note_added", work, by)


def still_needed(entry: IndexEntry, wanted: Step) -> list[str]:
    """The words to write down; a report that was minimised before keeps its short version."""
    return [name for name in wanted.needs if not (entry.minimised and name.startswith("minimised"))]


def _propose(work: Work, to: ReportState, recorded: Recorded, keys: UnlockedKeys, by: User) -> Work:
    keep(work, {"kind": "proposal", "to": to, "recorded": recorded, "by": by.pk}, keys)
    trace("report.state_changed", work, by, outcome="proposed")
    return save_entry(work, work.entry.but(pending=to, pending_by=by.pk), keys=keys)


def _carry_out(
    work: Work,
    to: ReportState,
    recorded: Recorded,
    *,
    keys: UnlockedKeys,
    by: int,
    second: int | None,
) -> Work:
    taken = step(work.entry.state, to)
    if to is ReportState.FOR_WEIGHING:  # the recipient knows it by this, never by our reference
        recorded = recorded | {"signal": format_reference(new_reference())}
    _keep_step(work, to, recorded, keys=keys, by=by, second=second)
    if text := recorded.get("minimised"):
        keep(work, {"kind": "minimised", "text": text, "by": by}, keys)
    for name in TO_REPORTER:
        if text := recorded.get(name):
            status = _status_after(to)
            work = tell_reporter(work, {"kind": name, "text": text, "status": status}, keys)
    entry = _moved(work.entry, to).but(second=second)
    if reason := recorded.get("reason"):
        entry = entry.but(reason=NoFollowUpReason(reason))
    for name in DAYS:
        if day := recorded.get(name):
            entry = entry.but(**{name: date.fromisoformat(day)})
    if taken.shreds_the_answers and not entry.minimised:
        entry = entry.but(minimised=True)
        order_shredding(work.report, Domain.REPORT, rule="minimised")
    if to is ReportState.CLOSED:
        entry = entry.but(outcome=work.entry.state)
        closing.close(work.report, entry, keys=keys, transfer=_transfer(work, keys))
    elif work.entry.state is ReportState.CLOSED:
        closing.reopen(work.report)
        entry = entry.but(assignee=by)
    record(
        "report.state_changed",
        by=_person(by),
        subject=f"report:{work.ref}",
        chain=chain_of(work.report.municipality),
        precision="hour",
        details={"second": _person(second)} if second else {},
    )
    return save_entry(work, entry, keys=keys)


def _person(pk: int) -> str:
    return User.objects.get(pk=pk).reference


def _status_after(to: ReportState) -> ReporterStatus:
    if to is ReportState.AWAITING_REPORTER:
        return ReporterStatus.QUESTION
    return ReporterStatus.CLOSED if to is ReportState.CLOSED else ReporterStatus.LOOKED_AT


def _moved(entry: IndexEntry, to: ReportState) -> IndexEntry:
    return entry.but(state=to, state_since=timezone.localdate(), pending=None, pending_by=None)


def _require(work: Work, who: Who, by: User) -> None:
    allowed = {
        Who.STAFF: policies.can_open(by, work.report, work.entry),
        Who.HANDLER: policies.can_handle(by, work.report, work.entry),
    }
    if not allowed.get(who, False):
        raise PermissionDenied


def _keep_step(
    work: Work,
    to: ReportState,
    recorded: Recorded,
    *,
    keys: UnlockedKeys,
    by: int,
    second: int | None = None,
) -> None:
    kept = {name: value for name, value in recorded.items() if name not in KEPT_APART and value}
    keep(
        work,
        {
            "kind": "step",
            "from": work.entry.state,
            "to": to,
            "recorded": kept,
            "by": by,
            "second": second,
        },
        keys,
    )


def _transfer(work: Work, keys: UnlockedKeys) -> dict[str, str] | None:
    """To whom it went and on what basis, out of the steps; nothing of what was reported."""
    if work.entry.state is not ReportState.TRANSFERRED:
        return None
    domain = domain_of(work.report, Domain.INTERNAL, keys=keys)
    recorded: Recorded = {}
    for part in read_parts(work.report, domain):
        recorded |= part.get("recorded") or {} if part["kind"] == "step" else {}
    return {name: str(recorded[name]) for name in TRANSFER_RECORD if recorded.get(name)}


def _proposal(work: Work, keys: UnlockedKeys) -> Recorded:
    domain = domain_of(work.report, Domain.INTERNAL, keys=keys)
    found = [part for part in read_parts(work.report, domain) if part["kind"] == "proposal"]
    if not found:
        raise StepNotAllowed
    return found[-1]
