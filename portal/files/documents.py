"""Which documents are taken: the name and the bytes must say the same, and no macros in it."""

import zipfile
from enum import StrEnum
from typing import BinaryIO

from portal.files.text import LOOKED_AT, is_text


class DocumentKind(StrEnum):
    """The kinds that colleagues share. No pictures: they show people."""

    PDF = "pdf"
    WORD = "docx"
    EXCEL = "xlsx"
    POWERPOINT = "pptx"
    TEXT_ODF = "odt"
    TABLE_ODF = "ods"
    SLIDES_ODF = "odp"
    TEXT = "txt"
    CSV = "csv"


TYPES = {
    DocumentKind.PDF: "application/pdf",
    DocumentKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentKind.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DocumentKind.POWERPOINT: (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ),
    DocumentKind.TEXT_ODF: "application/vnd.oasis.opendocument.text",
    DocumentKind.TABLE_ODF: "application/vnd.oasis.opendocument.spreadsheet",
    DocumentKind.SLIDES_ODF: "application/vnd.oasis.opendocument.presentation",
    DocumentKind.TEXT: "text/plain; charset=utf-8",
    DocumentKind.CSV: "text/csv; charset=utf-8",
}
MAIN_PARTS = {
    "word/document.xml": DocumentKind.WORD,
    "xl/workbook.xml": DocumentKind.EXCEL,
    "ppt/presentation.xml": DocumentKind.POWERPOINT,
}
ODF = (DocumentKind.TEXT_ODF, DocumentKind.TABLE_ODF, DocumentKind.SLIDES_ODF)
PLAIN = (DocumentKind.TEXT, DocumentKind.CSV)
MOST_PARTS = 5000  # of a document that is an archive


class NotTaken(Exception):
    """No document of a kind that is taken, or not the one that its name says."""


def document_kind(name: str, content: BinaryIO) -> DocumentKind:
    """The kind that name and bytes both say; nothing of it is unpacked.

    Raises:
        NotTaken: They disagree, or it holds macros.
    """
    ending = name.rpartition(".")[2].lower()
    if ending not in TYPES:
        raise NotTaken
    claimed = DocumentKind(ending)
    content.seek(0)
    start = content.read(LOOKED_AT)
    content.seek(0)
    if claimed is DocumentKind.PDF:
        fits = start.startswith(b"%PDF-")
    elif claimed in PLAIN:
        fits = bool(start) and is_text(start)
    else:
        fits = start.startswith(b"PK\x03\x04") and archive_kind(content) is claimed
    content.seek(0)
    if not fits:
        raise NotTaken
    return claimed


def archive_kind(content: BinaryIO) -> DocumentKind | None:
    """The kind of an office document, by the names of its parts."""
    try:
        with zipfile.ZipFile(content) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or has_macros(names):
                return None
            if "[Content_Types].xml" in names:
                found = {kind for part, kind in MAIN_PARTS.items() if part in names}
                return found.pop() if len(found) == 1 else None
            first = parts[0]
            if first.filename != "mimetype" or first.file_size > 100:
                return None
            said = archive.read(first).decode("ascii", "replace")
            return next((kind for kind in ODF if TYPES[kind] == said), None)
    except (zipfile.BadZipFile, IndexError, NotImplementedError, OSError, RuntimeError, ValueError):
        return None


def has_macros(names: set[str]) -> bool:
    """Whether a part of a document is a program."""
    return any(
        name.rpartition("/")[2].lower() == "vbaproject.bin"
        or name.startswith(("Basic/", "Scripts/"))
        for name in names
    )
