"""Files of a report: sealed in pieces into the database, and opened again for who may see them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from meldpunt.reports.models import FileChunk, Report
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.parts import Content, add_part, today
from meldpunt.reports.services.uploads import Cleared
from meldpunt.vault.services.domains import OpenDomain

CHUNK = 1024 * 1024


class ChunkReader:
    """The pieces of one sealed file as one stream; only one piece is in memory."""

    def __init__(self, report: Report, file: UUID) -> None:
        self._place = report.municipality_id
        chunks = FileChunk.objects.filter(report=report, file=file).order_by("number")
        self._left = list(chunks.values_list("pk", flat=True))[::-1]
        self._waiting = b""

    def read(self, size: int) -> bytes:
        """Exactly ``size`` bytes, or what is left."""
        got = bytearray()
        while len(got) < size:
            if not self._waiting:
                if not self._left:
                    break
                with working_in([self._place]):
                    self._waiting = bytes(FileChunk.objects.get(pk=self._left.pop()).content)
            wanted = size - len(got)
            got += self._waiting[:wanted]
            self._waiting = self._waiting[wanted:]
        return bytes(got)


def add_files(
    report: Report, domain: OpenDomain, files: Sequence[Cleared], *, after: int | None = None
) -> None:
    """Seal what was cleared: each file in pieces, and a part that says what it is.

    The name that the file had is nowhere; it gets a number on the screen. ``after``: the number of
    the last part of the domain, for who does not see it.
    """
    for place, one in enumerate(files, start=1):
        copies = [
            str(seal_bytes(report, domain, copy.chunks(), size=copy.size)) for copy in one.copies
        ]
        original = ""
        if one.original is not None:
            pieces = one.original.chunks()
            original = str(seal_bytes(report, domain, pieces, size=one.size))
        add_part(
            report,
            domain,
            {
                "kind": "file",
                "file": str(uuid4()),
                "by": "reporter",
                "on": today(),
                "type": one.kind,
                "size": one.size,
                "sha256": one.sha256,
                "checked_with": one.checked_with,
                "copies": copies,
                "original": original,
            },
            seq=None if after is None else after + place,
        )


def seal_bytes(report: Report, domain: OpenDomain, pieces: Iterable[bytes], *, size: int) -> UUID:
    """Seal one stream of ``size`` bytes; the number under which it lies."""
    file = uuid4()
    for number, chunk in enumerate(_joined(domain.seal_file(pieces, size=size, row=file))):
        FileChunk.objects.create(
            report=report,
            municipality_id=report.municipality_id,
            domain=domain.place.domain,
            file=file,
            number=number,
            content=chunk,
        )
    return file


def open_bytes(report: Report, domain: OpenDomain, file: str) -> bytes:
    """All of a file, at once: an end that lacks is noticed before a byte is shown.

    Raises:
        CannotOpen: a piece was changed, moved or taken away.
    """
    row = UUID(file)
    return b"".join(domain.open_file(cast("BinaryIO", ChunkReader(report, row)), row=row))


def files_in(parts: list[Content]) -> list[Content]:
    """The files among parts."""
    return [part for part in parts if part["kind"] == "file"]


def seal_again(
    report: Report, part: Content, *, source: OpenDomain, into: OpenDomain, **told: Any
) -> None:
    """Bring a file to another domain, under a key of its own."""

    def moved(file: str) -> str:
        content = open_bytes(report, source, file)
        return str(seal_bytes(report, into, [content], size=len(content)))

    kept = {name: value for name, value in part.items() if name not in ("seq", "on")}
    add_part(
        report,
        into,
        kept
        | {
            "file": str(uuid4()),
            "on": today(),
            "copies": [moved(copy) for copy in part["copies"]],
            "original": moved(part["original"]) if part["original"] else "",
            **told,
        },
    )


def seal_over(report: Report, file: UUID, *, source: OpenDomain, into: OpenDomain) -> None:
    """Seal a file anew where it lies, because the keys of its domain were renewed."""
    content = open_bytes(report, source, str(file))
    rows = FileChunk.objects.filter(report=report, file=file).order_by("number")
    pieces = _joined(into.seal_file([content], size=len(content), row=file))
    for pk, chunk in zip(list(rows.values_list("pk", flat=True)), pieces, strict=True):
        FileChunk.objects.filter(pk=pk).update(content=chunk)


def _joined(pieces: Iterator[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        if len(waiting) >= CHUNK:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)
