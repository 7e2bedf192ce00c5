"""Opening a report: first the reason in the trail, then the words (GR-09, meldpunt.md 6.10)."""

from dataclasses import dataclass, field
from typing import Any

from meldpunt.reports.models import SecretWrap
from meldpunt.reports.services.attachments import Attachment, attachments_in
from meldpunt.reports.services.parts import Content, read_parts
from meldpunt.reports.services.worklist import Unreadable, Work, domain_of, save_entry
from meldpunt.reports.services.writing import record_reading
from meldpunt.reports.workflow import ReadReason, ReporterStatus
from meldpunt.vault.services.domains import CannotOpen, Domain, KeyGone, NoKeyForThis
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.models import User

HISTORY = (
    *("step", "note", "declined", "taken_over", "conflict", "kept"),
    *("excluded", "let_back", "agreed", "not_agreed"),
    *("export_asked", "export_agreed", "exported"),
    *("hand_over_asked", "not_handed_over", "handed_in"),
    *("guest_asked", "guest_agreed", "guest_declined", "guest_ended"),
)


class NoIdentity(Exception):
    """The reporter gave no name, it is destroyed, or it is sealed to other people."""


@dataclass(frozen=True)
class OpenReport:
    """A report whose words are on the screen. Never keep it longer than one request."""

    work: Work
    sent: list[Content] = field(repr=False)
    dialogue: list[Content] = field(repr=False)
    internal: list[Content] = field(repr=False)

    @property
    def answers(self) -> dict[str, Any] | None:
        """As they were sent, or nothing once they are minimised away."""
        return dict(self.sent[0]["answers"]) if self.sent else None

    @property
    def files(self) -> list[Attachment]:
        """What came along, and what of it was kept with the short version."""
        return attachments_in(
            {
                Domain.REPORT: self.sent,
                Domain.DIALOGUE: self.dialogue,
                Domain.INTERNAL: self.internal,
            }
        )

    @property
    def minimised(self) -> str:
        """The text that replaced the answers (GR-06), or nothing yet."""
        texts = [part["text"] for part in self.internal if part["kind"] == "minimised"]
        return texts[-1] if texts else ""

    @property
    def proposal(self) -> Content | None:
        """The step that waits for a second person."""
        found = [part for part in self.internal if part["kind"] == "proposal"]
        return found[-1] if found and self.work.entry.pending else None

    @property
    def hand_over_why(self) -> str:
        """Why a colleague proposes that another meldpunt gets it, or nothing."""
        asked = [part["why"] for part in self.internal if part["kind"] == "hand_over_asked"]
        return asked[-1] if asked and self.work.entry.hand_to else ""

    @property
    def messages(self) -> list[Content]:
        """What was said between reporter and desk."""
        return [part for part in self.dialogue if part.get("text")]

    @property
    def history(self) -> list[Content]:
        """Steps, notes and who works on it, the oldest first."""
        return [part for part in self.internal if part["kind"] in HISTORY]

    @property
    def status_shown(self) -> ReporterStatus:
        """What the reporter sees on the code page."""
        words = [part["status"] for part in self.dialogue if part.get("status")]
        return ReporterStatus(words[-1]) if words else ReporterStatus.RECEIVED


def read_report(work: Work, *, reason: ReadReason, keys: UnlockedKeys, by: User) -> OpenReport:
    """The words of a report, for staff with a reason.

    Raises:
        Unreadable: a sealed row was changed or moved, or a key is gone.
    """
    record_reading("report.opened", work, reason=reason, by=by)
    if work.entry.reporter_wrote and work.entry.assignee == by.pk:
        work = save_entry(work, work.entry.but(reporter_wrote=False), keys=keys)
    try:
        dialogue = read_parts(work.report, domain_of(work.report, Domain.DIALOGUE, keys=keys))
        internal = read_parts(work.report, domain_of(work.report, Domain.INTERNAL, keys=keys))
        return OpenReport(work, _sent(work, keys), dialogue, internal)
    except (CannotOpen, KeyGone, NoKeyForThis) as error:
        raise Unreadable(type(error).__name__) from None


def read_identity(
    work: Work, *, reason: ReadReason, keys: UnlockedKeys, by: User
) -> dict[str, str]:
    """Who reported, for a custodian with a reason.

    Raises:
        NoIdentity: nothing is there, or ``keys`` hold no custodian's key.
    """
    try:
        domain = domain_of(work.report, Domain.IDENTITY, keys=keys)
    except (CannotOpen, KeyGone, NoKeyForThis):
        raise NoIdentity from None
    record_reading("report.identity_opened", work, reason=reason, by=by)
    return dict(read_parts(work.report, domain)[-1]["identity"])


def _sent(work: Work, keys: UnlockedKeys) -> list[Content]:
    """Answers and files as they were sent, or nothing once they are minimised away."""
    if not SecretWrap.objects.filter(report=work.report, domain=Domain.REPORT).exists():
        return []
    try:
        return read_parts(work.report, domain_of(work.report, Domain.REPORT, keys=keys))
    except KeyGone:
        return []
