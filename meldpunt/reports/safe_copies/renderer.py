"""A program of its own that turns one untrusted file into pictures, or text, and ends.

    python -I renderer.py KIND < file > copies
    python -I renderer.py check

It reads the whole file, loads what it needs, and only then looks at a byte of it: by that time it
can open no file and no connection, and has little memory and time left. Whatever goes wrong, it
ends with a number (``Exit``) and writes no word about it.
"""

import io
import os
import resource
import sys
from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import Any

MEMORY = 512 * 1024 * 1024
SECONDS = 20
LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 24_000_000
MOST_PAGES = 50
DOTS = 150 / 72  # 150 per inch; a PDF counts in 72
PAGE_PIXELS = 4_000_000
LONGEST_TEXT = 1024 * 1024
QUALITY = 88
LEADING_FIRST = ("JPEG", "HEIF")  # a telephone puts helping pictures behind the one that counts
CLONE_NEWUSER_AND_NET = 0x10000000 | 0x40000000
MOVES_TEXT = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))  # turns letters around


class Exit(IntEnum):
    """Why there is no copy, as the number with which this program ends."""

    UNREADABLE = 10
    TOO_LARGE = 11
    TOO_MANY_PAGES = 12
    MOVES = 13
    LOCKED = 14


class Refused(Exception):
    """There will be no copy."""

    def __init__(self, why: Exit) -> None:
        self.why = why


def main(kind: str) -> None:
    """Write each copy as its length (4 bytes) and its bytes; then a length of zero."""
    make = MAKERS[kind]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    leave_the_network()
    file = sys.stdin.buffer.read(LARGEST + 1)
    if len(file) > LARGEST:
        raise Refused(Exit.TOO_LARGE)
    make(WARM_UP[kind]())  # so that nothing is left to load
    shut_every_door(needs_threads=kind == "heic")
    for copy in make(file):
        sys.stdout.buffer.write(len(copy).to_bytes(4, "big") + copy)
    sys.stdout.buffer.write(bytes(4))
    sys.stdout.buffer.flush()


def leave_the_network() -> None:
    """A network of its own without a single way out, where the kernel allows it."""
    import ctypes

    ctypes.CDLL(None).unshare(CLONE_NEWUSER_AND_NET)


def shut_every_door(*, needs_threads: bool = False) -> None:
    """No new file, pipe, connection or process, and nothing may be written into a file."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if not needs_threads:  # a thread counts as a process
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def picture(format: str) -> Callable[[bytes], list[bytes]]:
    """How a picture of one format becomes a picture of our own making."""

    def make(file: bytes) -> list[bytes]:
        from PIL import Image, ImageOps

        if format == "HEIF":
            import pillow_heif

            pillow_heif.options.DECODE_THREADS = 1
            pillow_heif.register_heif_opener()
        Image.init()  # else it looks for a part of itself when the doors are shut
        Image.MAX_IMAGE_PIXELS = None  # our own bound is lower, and refuses
        with Image.open(io.BytesIO(file), formats=[format]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Refused(Exit.TOO_LARGE)
            if format not in LEADING_FIRST and getattr(image, "n_frames", 1) > 1:
                raise Refused(Exit.MOVES)
            image.load()
            ImageOps.exif_transpose(image, in_place=True)
            return [as_jpeg(image)]

    return make


def as_jpeg(image: Any) -> bytes:
    """Only the pixels, on white where they were transparent: no metadata, profile or tail."""
    from PIL import Image

    if image.has_transparency_data:
        image = image.convert("RGBA")
        plain = Image.new("RGB", image.size, "white")
        plain.paste(image, mask=image.getchannel("A"))
    else:
        plain = image if image.mode == "RGB" else image.convert("RGB")
    plain.info = {}  # a comment would go along
    made = io.BytesIO()
    plain.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()


def pages(file: bytes) -> list[bytes]:
    """Each page as a picture; forms, notes, scripts and attachments stay behind."""
    return list(_pages(file))


def _pages(file: bytes) -> Iterator[bytes]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(file)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD
        raise Refused(Exit.LOCKED if locked else Exit.UNREADABLE) from None
    if len(document) > MOST_PAGES:
        raise Refused(Exit.TOO_MANY_PAGES)
    if not len(document):
        raise Refused(Exit.UNREADABLE)
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        room = max(width * height * DOTS * DOTS, 1)
        scale = DOTS * min(1, (PAGE_PIXELS / room) ** 0.5)
        bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False)
        yield as_jpeg(bitmap.to_pil())
        page.close()


def text(file: bytes) -> list[bytes]:
    """The same words in UTF-8, without what hides or turns letters around."""
    if len(file) > LONGEST_TEXT:
        raise Refused(Exit.TOO_LARGE)
    words = file.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    if any(ord(letter) < 32 and letter not in "\n\t\f" for letter in words):
        raise Refused(Exit.UNREADABLE)
    return ["".join(one for one in words if ord(one) not in MOVES_TEXT).encode()]


def small_picture(format: str) -> Callable[[], bytes]:
    """A picture of a few pixels."""

    def make() -> bytes:
        from PIL import Image

        if format == "HEIF":
            import pillow_heif

            pillow_heif.register_heif_opener()
        made = io.BytesIO()
        Image.new("RGB", (64, 64)).save(made, format)
        return made.getvalue()

    return make


def small_pdf() -> bytes:
    """A PDF of one empty page."""
    import pypdfium2 as pdfium

    document, made = pdfium.PdfDocument.new(), io.BytesIO()
    document.new_page(10, 10)
    document.save(made)
    return made.getvalue()


MAKERS: dict[str, Callable[[bytes], list[bytes]]] = {
    "jpeg": picture("JPEG"),
    "png": picture("PNG"),
    "webp": picture("WEBP"),
    "heic": picture("HEIF"),
    "pdf": pages,
    "text": text,
}
WARM_UP: dict[str, Callable[[], bytes]] = {
    "jpeg": small_picture("JPEG"),
    "png": small_picture("PNG"),
    "webp": small_picture("WEBP"),
    "heic": small_picture("HEIF"),
    "pdf": small_pdf,
    "text": lambda: b"a",
}


def check() -> None:
    """Make a copy of each kind, to see that everything for it is there."""
    for kind, make in MAKERS.items():
        make(WARM_UP[kind]())


if __name__ == "__main__":
    try:
        check() if sys.argv[1] == "check" else main(sys.argv[1])
    except Refused as refusal:
        os._exit(refusal.why)
    except MemoryError:
        os._exit(Exit.TOO_LARGE)
    except BaseException:  # noqa: BLE001  (a traceback could quote the file)
        os._exit(Exit.UNREADABLE)
