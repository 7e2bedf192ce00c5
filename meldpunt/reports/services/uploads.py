"""Files that a reporter sends: judged, scanned and copied before anything of them is kept (8)."""

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.safe_copies import (
    FileKind,
    Infected,
    NoCopy,
    NoSandbox,
    ScannerAway,
    kind_found,
    make_copy,
    scan,
    scanner_version,
)
from meldpunt.vault.services.domains import Scratch


class Refusal(TextChoices):
    """Why files are not taken, in words for the reporter."""

    OFF = "off", _("This meldpunt takes no files. You can send your text without a file.")
    TOO_MANY = "too_many", _("You can send 5 files at most.")
    TOO_LARGE = "too_large", _("A file can be 10 MB at most.")
    TOGETHER = "together", _("All files together can be 25 MB at most.")
    ENOUGH = (
        "enough",
        _("You sent many files already. Write down what more there is, then we can ask you."),
    )
    EMPTY = "empty", _("One of the files is empty.")
    OTHER_KIND = (
        "other_kind",
        _(
            "We can't take this kind of file. Send a photo (JPG, PNG, WebP or HEIC), a PDF or a plain "
            "text file (TXT)."
        ),
    )
    INFECTED = "infected", _("One of the files may be harmful. We did not keep it.")
    AWAY = (
        "away",
        _(
            "We can't check files at this moment. Your file was not kept. You can send your text "
            "without a file, or try again later."
        ),
    )
    UNREADABLE = (
        "unreadable",
        _("We can't open one of the files. Make a new photo or PDF of it, and choose that."),
    )
    PIXELS = "pixels", _("One of the files is too big to make a safe copy. Make it smaller.")
    PAGES = "pages", _("A PDF can have 50 pages at most.")
    MOVES = "moves", _("A moving picture can't be sent. Send a photo of it.")
    LOCKED = "locked", _("One of the PDF files has a password. Send it without a password.")


WHY = {
    "UNREADABLE": Refusal.UNREADABLE,
    "TOO_LARGE": Refusal.PIXELS,
    "TOO_MANY_PAGES": Refusal.PAGES,
    "MOVES": Refusal.MOVES,
    "LOCKED": Refusal.LOCKED,
}


class FileRefused(Exception):
    """Nothing of these files is kept; ``why`` is for the reporter."""

    def __init__(self, why: Refusal) -> None:
        self.why = why
        super().__init__(why.name)

    @property
    def is_for_now(self) -> bool:
        """Whether the same files may be taken later."""
        return self.why is Refusal.AWAY


@dataclass(frozen=True)
class Received:
    """A file as it came in. Its name is gone; ``claimed`` is what the name said."""

    claimed: FileKind | None
    size: int
    scratch: Scratch | None = field(repr=False)  # nothing when it was too large to hold


@dataclass(frozen=True)
class Cleared:
    """A file that may be kept: scanned, with its safe copies; the original only if wanted."""

    kind: FileKind
    size: int
    sha256: str
    checked_with: str
    copies: list[Scratch] = field(repr=False)
    original: Scratch | None = field(default=None, repr=False)


def require_within_limits(files: list[Received], *, before: Sequence[int] = ()) -> None:
    """Judge number and sizes; ``before``: sizes of the files that this conversation holds.

    Raises:
        FileRefused: too many, too large or empty.
    """
    limits = settings.MELDPUNT_UPLOAD_LIMITS
    if len(files) > limits["files"]:
        raise FileRefused(Refusal.TOO_MANY)
    if any(one.size > limits["file"] for one in files):
        raise FileRefused(Refusal.TOO_LARGE)
    if sum(before) + sum(one.size for one in files) > limits["together"]:
        raise FileRefused(Refusal.TOGETHER)
    if len(before) + len(files) > limits["conversation"]:
        raise FileRefused(Refusal.ENOUGH)
    if not all(one.size and one.scratch for one in files):
        raise FileRefused(Refusal.EMPTY)


@contextmanager
def cleared(
    files: list[Received], *, keep_originals: bool = False, before: Sequence[int] = ()
) -> Iterator[list[Cleared]]:
    """Scan all files and copy them; what was not sealed within the block is thrown away.

    Raises:
        FileRefused: one of them may not be kept, so none is.
    """
    require_within_limits(files, before=before)
    until = time.monotonic() + settings.MELDPUNT_UPLOAD_SECONDS
    made: list[Scratch] = []
    try:
        yield [_clear(one, until, made, keep_originals=keep_originals) for one in files]
    finally:
        for scratch in made:
            scratch.close()


def _clear(file: Received, until: float, made: list[Scratch], *, keep_originals: bool) -> Cleared:
    scratch = file.scratch
    if scratch is None:
        raise FileRefused(Refusal.TOO_LARGE)
    kind = kind_found(next(scratch.chunks()))
    if kind is None or kind is not file.claimed:
        raise FileRefused(Refusal.OTHER_KIND)
    digest = hashlib.sha256()
    try:
        version = scanner_version()
        scan(_hashed(scratch.chunks(), digest))
        copies = [
            _kept(copy, made)
            for copy in make_copy(kind, scratch.chunks(), seconds=until - time.monotonic())
        ]
    except Infected:
        raise FileRefused(Refusal.INFECTED) from None
    except (ScannerAway, NoSandbox):
        raise FileRefused(Refusal.AWAY) from None
    except NoCopy as error:
        raise FileRefused(WHY[error.why.name]) from None
    original = scratch if keep_originals else None
    return Cleared(kind, file.size, digest.hexdigest(), version, copies, original)


def _hashed(pieces: Iterable[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    for piece in pieces:
        digest.update(piece)
        yield piece


def _kept(copy: bytes, made: list[Scratch]) -> Scratch:
    scratch = Scratch()
    made.append(scratch)
    scratch.write(copy)
    scratch.finish()
    return scratch
