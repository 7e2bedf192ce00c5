"""Looking at the files of a report: a reason in the trail first, and never as they were sent."""

from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from meldpunt.reports import policies
from meldpunt.reports.safe_copies import FileKind, scan
from meldpunt.reports.services.files import files_in, open_bytes, seal_again
from meldpunt.reports.services.parts import Content, read_parts
from meldpunt.reports.services.worklist import Unreadable, Work, domain_of
from meldpunt.reports.services.writing import record_reading, trace
from meldpunt.reports.workflow import ReadReason
from meldpunt.vault.services.domains import CannotOpen, Domain, KeyGone, NoKeyForThis, OpenDomain
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.models import User

WHERE = (Domain.REPORT, Domain.DIALOGUE, Domain.INTERNAL)


class NoSuchFile(Exception):
    """There is no such file in this report, or it was destroyed with the raw text."""


@dataclass(frozen=True)
class Attachment:
    """One file on the screen: a number in the place of a name."""

    number: int
    domain: Domain
    part: Content = field(repr=False)
    is_kept: bool = False

    @property
    def id(self) -> str:
        """For the address."""
        return str(self.part["file"])

    @property
    def is_text(self) -> bool:
        """Whether the copy is text and not pictures."""
        return bool(self.part["type"] == FileKind.TEXT)

    @property
    def copies(self) -> list[str]:
        """The pictures of it."""
        return list(self.part["copies"])

    @property
    def has_original(self) -> bool:
        """Whether it is kept as it was sent, too."""
        return bool(self.part["original"])

    @property
    def may_be_kept(self) -> bool:
        """Whether it dies with the raw text, unless it is kept apart."""
        return self.domain is Domain.REPORT and not self.is_kept


def attachments_in(found: dict[Domain, list[Content]]) -> list[Attachment]:
    """Every file of a report, the oldest first, with whether it was kept apart."""
    files = [(domain, part) for domain in WHERE for part in files_in(found.get(domain, []))]
    kept = {part.get("kept_from") for _domain, part in files}
    return [
        Attachment(number, domain, part, is_kept=part["file"] in kept)
        for number, (domain, part) in enumerate(files, start=1)
    ]


def find_attachment(work: Work, file: UUID, *, keys: UnlockedKeys) -> Attachment:
    """One file of a report, without a byte of it. Raises ``NoSuchFile``."""
    found = {}
    for domain in WHERE:
        try:
            found[domain] = read_parts(work.report, domain_of(work.report, domain, keys=keys))
        except (KeyGone, NoKeyForThis):
            continue
        except CannotOpen as error:
            raise Unreadable(type(error).__name__) from None
    for one in attachments_in(found):
        if one.id == str(file):
            return one
    raise NoSuchFile


def open_copy(
    work: Work,
    attachment: Attachment,
    page: int,
    *,
    reason: ReadReason,
    keys: UnlockedKeys,
    by: User,
) -> bytes:
    """One picture of a file, or its text.

    Raises:
        NoSuchFile: it has no such page.
        Unreadable: a piece of it was changed, moved or taken away.
    """
    if not 1 <= page <= len(attachment.copies):
        raise NoSuchFile
    record_reading("report.attachment_opened", work, reason=reason, by=by)
    return _opened(work, attachment.domain, attachment.copies[page - 1], keys)


def open_original(
    work: Work, attachment: Attachment, *, reason: ReadReason, keys: UnlockedKeys, by: User
) -> bytes:
    """The file as it was sent, scanned once more with the signatures of today.

    Raises:
        NoSuchFile: the original was not kept.
        Infected, ScannerAway: then it does not leave the portal.
        Unreadable: a piece of it was changed, moved or taken away.
    """
    if not attachment.has_original:
        raise NoSuchFile
    record_reading("report.original_downloaded", work, reason=reason, by=by)
    content = _opened(work, attachment.domain, attachment.part["original"], keys)
    scan(content[at : at + 65_536] for at in range(0, len(content), 65_536))
    return content


@transaction.atomic
def keep_attachment(work: Work, attachment: Attachment, *, keys: UnlockedKeys, by: User) -> None:
    """Seal a file once more beside the short version, so that it outlives the raw text (GR-06).

    Raises:
        PermissionDenied: ``by`` is not the handler.
        NoSuchFile: it is no file that dies with the raw text, or is kept already.
    """
    if not policies.can_handle(by, work.report, work.entry):
        raise PermissionDenied
    if not attachment.may_be_kept:
        raise NoSuchFile
    seal_again(
        work.report,
        attachment.part,
        source=_domain(work, attachment.domain, keys),
        into=_domain(work, Domain.INTERNAL, keys),
        kept_from=attachment.id,
    )
    trace("report.attachment_kept", work, by)


def _opened(work: Work, domain: Domain, file: str, keys: UnlockedKeys) -> bytes:
    try:
        return open_bytes(work.report, _domain(work, domain, keys), file)
    except CannotOpen as error:
        raise Unreadable(type(error).__name__) from None


def _domain(work: Work, domain: Domain, keys: UnlockedKeys) -> OpenDomain:
    return domain_of(work.report, domain, keys=keys)
