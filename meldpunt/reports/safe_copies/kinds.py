"""Which files are taken: name, declared type and first bytes must say the same."""

from enum import StrEnum

from portal.files.text import LOOKED_AT, is_text


class FileKind(StrEnum):
    """The kinds of which a safe copy can be made."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    TEXT = "text"


ENDINGS = {
    "jpg": FileKind.JPEG,
    "jpeg": FileKind.JPEG,
    "png": FileKind.PNG,
    "webp": FileKind.WEBP,
    "heic": FileKind.HEIC,
    "heif": FileKind.HEIC,
    "pdf": FileKind.PDF,
    "txt": FileKind.TEXT,
}
TYPES = {
    "image/jpeg": FileKind.JPEG,
    "image/png": FileKind.PNG,
    "image/webp": FileKind.WEBP,
    "image/heic": FileKind.HEIC,
    "image/heif": FileKind.HEIC,
    "application/pdf": FileKind.PDF,
    "text/plain": FileKind.TEXT,
}
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")
SAYS_NOTHING = ("", "application/octet-stream")


def kind_claimed(name: str, content_type: str) -> FileKind | None:
    """What name and declared type say together; nothing when they disagree or are not taken."""
    ending = ENDINGS.get(name.rpartition(".")[2].lower()) if "." in name else None
    declared = content_type.partition(";")[0].strip().lower()
    if declared in SAYS_NOTHING:
        return ending
    return ending if TYPES.get(declared) is ending else None


def kind_found(start: bytes) -> FileKind | None:
    """What the first bytes are, whatever anybody says of them."""
    if start.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return FileKind.WEBP
    if start[4:8] == b"ftyp" and start[8:12] in HEIC_BRANDS:
        return FileKind.HEIC
    if start.startswith(b"%PDF-"):
        return FileKind.PDF
    return FileKind.TEXT if start and is_text(start[:LOOKED_AT]) else None
