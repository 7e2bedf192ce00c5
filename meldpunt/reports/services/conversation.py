"""The reporter comes back with the code: reading, answering, stopping (meldpunt.md 6.5)."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from meldpunt.reports.models import CodeWrap, HandOver, Report, ReporterVisit
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.files import add_files, files_in
from meldpunt.reports.services.parts import (
    ChangedMeanwhile,
    Content,
    add_part,
    place_of,
    read_parts,
    today,
)
from meldpunt.reports.services.reaping import extend_for_reporter
from meldpunt.reports.services.uploads import Cleared
from meldpunt.reports.workflow import Phase, ReporterStatus
from meldpunt.vault.services import codes
from meldpunt.vault.services.domains import (
    CannotOpen,
    Domain,
    DomainSecret,
    KeyGone,
    Keystore,
    OpenDomain,
    Surface,
    open_domain,
)
from meldpunt.vault.services.holders import chain_of
from portal.audit.services import record


class CodeUnknown(Exception):
    """No conversation opens with this code: never given, replaced, ended or destroyed."""


class VisitEnded(Exception):
    """The visit is over: it took too long, or the reporter left."""


class ReportClosed(Exception):
    """The conversation can be read, and nothing can be added any more."""


class AnswerFirst(Exception):
    """The reporter wrote a great deal in a row: the desk answers first."""


@dataclass(frozen=True)
class Conversation:
    """What the reporter sees: messages, status, and whether a withdrawal is asked."""

    report: Report
    parts: list[Content] = field(repr=False)

    @property
    def messages(self) -> list[Content]:
        """What was said, the oldest first."""
        return [part for part in self.parts if part.get("text")]

    @property
    def files(self) -> list[Content]:
        """What was sent along; whoever finds the code sees that, and never the files."""
        return files_in(self.parts)

    @property
    def status(self) -> ReporterStatus:
        """Where the report stands, in the reporter's four words."""
        words = [part["status"] for part in self.parts if part.get("status")]
        return ReporterStatus(words[-1]) if words else ReporterStatus.RECEIVED

    @property
    def is_withdrawn(self) -> bool:
        """Whether the reporter took it back."""
        return any(part["kind"] == "withdrawal" for part in self.parts)

    @property
    def must_replace_code(self) -> bool:
        """Whether a colleague on the telephone saw the code, and it is still the same."""
        seen = any(part.get("handed_over") for part in self.parts)
        return seen and not any(part["kind"] == "code_replaced" for part in self.parts)

    @property
    def in_a_row(self) -> int:
        """The messages of the reporter since the desk last wrote."""
        count = 0
        for part in self.messages:
            count = count + 1 if part["by"] == "reporter" else 0
        return count

    @property
    def may_write(self) -> bool:
        """Whether a message can be added."""
        return self.report.phase == Phase.OPEN and not self.is_withdrawn


def open_conversation(code: codes.ReceiptCode) -> codes.VisitCookie:
    """Begin a visit. One slow hash for every code, whether it exists or not.

    Returns:
        The value of a new cookie; the server keeps only what that cookie opens.

    Raises:
        CodeUnknown: nothing opens with it.
    """
    keys = codes.keys_of(code)
    wrap = CodeWrap.codes.find(lookup=keys.lookup)
    if wrap is None:
        raise CodeUnknown
    follow(wrap)
    with working_in([wrap.municipality_id]):
        try:
            secret = codes.secret_by_code(
                bytes(wrap.envelope), keys=keys, salt=bytes(wrap.salt), report=wrap.report_id
            )
            _domain(wrap.report, secret)
        except (CannotOpen, KeyGone):
            raise CodeUnknown from None
        extend_for_reporter(wrap.report)
        cookie = codes.VisitCookie.new()
        ReporterVisit.objects.create(
            id=_hash(cookie),
            report=wrap.report,
            municipality_id=wrap.municipality_id,
            box=codes.seal_visit_box(secret, cookie=cookie, report=wrap.report_id),
            expires_at=_idle_from_now(),
        )
    return cookie


@dataclass
class Visit:
    """An open visit: the row, and the conversation's keys."""

    row: ReporterVisit
    domain: OpenDomain = field(repr=False)

    def look_again(self) -> None:
        """The desk renewed the keys, or handed it over, this very moment: with the same secret.

        Raises:
            VisitEnded: the report was destroyed.
        """
        follow(self.row)
        if self.domain.secret is not None:
            with working_in([self.row.municipality_id]):
                try:
                    self.domain = _domain(self.report, self.domain.secret)
                except KeyGone:
                    raise VisitEnded from None

    @property
    def report(self) -> Report:
        """The report it is about."""
        report: Report = self.row.report
        return report


def find_visit(cookie_text: str) -> Visit:
    """The visit of this cookie; counts as activity.

    Raises:
        VisitEnded: there is none, or it took too long.
    """
    try:
        cookie = codes.VisitCookie.from_text(cookie_text)
    except ValueError:
        raise VisitEnded from None
    row = ReporterVisit.cookies.find(pk=_hash(cookie))
    if row is None:
        raise VisitEnded
    follow(row)
    with working_in([row.municipality_id]):
        secret = codes.open_visit_box(bytes(row.box), cookie=cookie, report=row.report_id)
        if row.expires_at < timezone.now() or secret is None:
            row.delete()
            raise VisitEnded
        row.expires_at = _idle_from_now()
        row.save(update_fields=["expires_at"])
        try:
            return Visit(row, _domain(row.report, secret))
        except KeyGone:
            raise VisitEnded from None


def read_conversation(visit: Visit) -> Conversation:
    """All of it, for the reporter."""
    with suppress(CannotOpen):
        if parts := _parts(visit):
            return Conversation(visit.report, parts)
    visit.look_again()
    return Conversation(visit.report, _parts(visit))


@transaction.atomic
def write_message(
    visit: Visit, *, text: str, message_id: UUID, files: Sequence[Cleared] = ()
) -> None:
    """Add what the reporter writes, with files; the same id twice is stored once.

    Raises:
        ReportClosed: nothing can be added any more.
        AnswerFirst: there are as many messages as the desk reads at once.
        AlreadyWritten: it was sent before.
        CannotSeal: it can't be sealed.
    """
    _add(visit, {"kind": "message", "text": text}, message_id)
    with working_in([visit.row.municipality_id]):
        add_files(visit.report, visit.domain, files)


@transaction.atomic
def withdraw(visit: Visit, *, message_id: UUID) -> None:
    """Take the report back: an event that the next unlock of the desk applies.

    Raises:
        ReportClosed: it is closed or withdrawn already.
    """
    _add(visit, {"kind": "withdrawal"}, message_id)


@transaction.atomic
def replace_code(visit: Visit) -> codes.ReceiptCode:
    """A new code for the same conversation; the old one is dead at once.

    Raises:
        VisitEnded: contact was ended in another window.
    """
    secret = visit.domain.secret
    with working_in([visit.row.municipality_id]):
        wrap = CodeWrap.objects.filter(report=visit.report).first()
        if wrap is None or secret is None:
            raise VisitEnded
        code = codes.ReceiptCode.new()
        sealed = codes.seal_for_code(secret, keys=codes.keys_of(code), report=visit.report.pk)
        wrap.lookup, wrap.salt, wrap.envelope = sealed.lookup, sealed.salt, sealed.envelope
        wrap.save(update_fields=["lookup", "salt", "envelope"])
        ReporterVisit.objects.filter(report=visit.report).exclude(pk=visit.row.pk).delete()
        part = {"kind": "code_replaced", "by": "portal", "on": today()}
        _keep(visit, part)
        _write(visit, "report.code_replaced")
    return code


def proof_of(visit: Visit) -> str:
    """The proof of receipt of this code; empty once contact was ended in another window."""
    with working_in([visit.row.municipality_id]):
        wrap = CodeWrap.objects.filter(report=visit.report).first()
        if wrap is None:
            return ""
        return codes.proof_of_receipt(
            municipality=wrap.municipality_id, week=visit.report.week, lookup=bytes(wrap.lookup)
        )


@transaction.atomic
def end_contact(visit: Visit) -> None:
    """Destroy the code's wrap: nobody comes back with it; the desk keeps the conversation."""
    with working_in([visit.row.municipality_id]):
        CodeWrap.objects.filter(report=visit.report).delete()
        ReporterVisit.objects.filter(report=visit.report).delete()
        _write(visit, "report.contact_ended")


def end_visit(cookie_text: str) -> None:
    """Forget one visit; the code still works."""
    try:
        row = ReporterVisit.cookies.find(pk=_hash(codes.VisitCookie.from_text(cookie_text)))
    except ValueError:
        return
    if row is not None:
        with working_in([row.municipality_id]):
            row.delete()


def _add(visit: Visit, content: Content, message_id: UUID) -> None:
    """A message and a withdrawal look the same from outside, in the trail too."""
    conversation = read_conversation(visit)
    if not conversation.may_write:
        raise ReportClosed
    most = settings.MELDPUNT_BUDGET["messages_in_a_row"]
    if content["kind"] == "message" and conversation.in_a_row >= most:
        raise AnswerFirst
    part = {"by": "reporter", "on": today(), "status": ReporterStatus.LOOKED_AT, **content}
    if conversation.status == ReporterStatus.RECEIVED:
        part["status"] = ReporterStatus.RECEIVED
    _keep(visit, part, message_id)
    _write(visit, "report.message_received")


def follow(row: CodeWrap | ReporterVisit) -> None:
    """Bring a reporter's row to the municipality where the report lies now, with its report.

    The desk that hands a report over may not touch what opens with a reporter's secret; so that
    follows when the reporter comes back.
    """
    while True:
        with working_in([row.municipality_id]):
            if found := Report.objects.get_queryset().filter(pk=row.report_id).first():
                row.report = found
                return
            moves = HandOver.objects.filter(report=row.report_id)
            gone = moves.only("municipality", "report", "to").first()
        if gone is None:  # destroyed rows keep their report; this one never had any
            return
        with working_in([row.municipality_id, gone.to_id]):
            row.municipality_id = gone.to_id
            row.save(update_fields=["municipality"])


def _parts(visit: Visit) -> list[Content]:
    with working_in([visit.row.municipality_id]):
        return read_parts(visit.report, visit.domain)


def _keep(visit: Visit, part: Content, part_id: UUID | None = None) -> None:
    try:
        with working_in([visit.row.municipality_id]):
            add_part(visit.report, visit.domain, part, part_id=part_id)
    except ChangedMeanwhile:
        visit.look_again()
        with working_in([visit.row.municipality_id]):
            add_part(visit.report, visit.domain, part, part_id=part_id)


def _write(visit: Visit, action: str) -> None:
    record(
        action,
        by="reporter",
        subject=f"report:{visit.report.ref}",
        chain=chain_of(visit.report.municipality),
        precision="week",
    )


def _domain(report: Report, secret: DomainSecret) -> OpenDomain:
    return open_domain(
        place_of(report, Domain.DIALOGUE), secret, keystore=Keystore(Surface.REPORTER)
    )


def _hash(cookie: codes.VisitCookie) -> str:
    return hashlib.sha256(b"visit-id/v1|" + cookie.material).hexdigest()


def _idle_from_now() -> datetime:
    return timezone.now() + timedelta(seconds=settings.MELDPUNT_CONVERSATION_IDLE)
