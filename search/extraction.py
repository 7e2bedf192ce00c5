"""The text of a pdf, docx or odt file, in a process of its own that may fail or be stopped.

``python -m search.extraction KIND`` reads the file from its standard input and prints its text. The
process limits itself before it looks at the first byte: a file that loops, swells or crashes a parser
ends this process and nothing else. It gets no settings and no secrets.
"""

import io
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

KINDS = ("pdf", "docx", "odt")
MOST_TEXT = 200_000  # letters; more does not help anybody to find it
MOST_PAGES = 500
MOST_XML = 40 * 1024 * 1024  # bytes, unpacked
SECONDS = 20  # of work
PATIENCE = 40  # seconds until it is stopped, whatever it waits for
MEMORY = 768 * 1024 * 1024
PARTS = {"docx": "word/document.xml", "odt": "content.xml"}
BREAKS = ("}p", "}h", "}tr", "}br", "}tab", "}line-break")
ROOT = Path(__file__).resolve().parents[1]


class Unreadable(Exception):
    """No text came out of the file in time."""


def text_of_file(content: bytes, kind: str) -> str:
    """The text of a file, read by a process that can't do harm.

    Args:
        content: The file.
        kind: The end of its name: one of ``KINDS``.

    Raises:
        Unreadable: The file is broken, locked, hostile or too much.
    """
    try:
        done = subprocess.run(  # noqa: S603  (our own module, with an argument from KINDS)
            [sys.executable, "-s", "-m", "search.extraction", kind],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("took too long") from error
    if done.returncode:
        raise Unreadable(f"ended with {done.returncode}")
    return done.stdout.decode("utf-8", "replace")[:MOST_TEXT].replace("\x00", " ")


def limit_this_process() -> None:
    """Little memory, little time, no file to write."""
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def read(file: IO[bytes], kind: str) -> str:
    """The text of a file, in this process."""
    pieces: list[str] = []
    length = 0
    for piece in (pdf_pieces if kind == "pdf" else xml_pieces)(file, kind):
        pieces.append(piece)
        length += len(piece)
        if length > MOST_TEXT:
            break
    return " ".join("".join(pieces).split())[:MOST_TEXT]


def pdf_pieces(file: IO[bytes], kind: str) -> Iterator[str]:
    """The text of each page."""
    from pypdf import PdfReader

    for number, page in enumerate(PdfReader(file).pages):
        if number == MOST_PAGES:
            return
        yield page.extract_text() + "\n"


class TextBetweenTags:
    """Takes the text out of XML as it comes by; builds nothing."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def start(self, tag: str, attributes: object) -> None:
        """Only the ends matter."""

    def data(self, text: str) -> None:
        """Text between two tags."""
        self.pieces.append(text)

    def end(self, tag: str) -> None:
        """A paragraph, a cell or a line ends."""
        if tag.endswith(BREAKS):
            self.pieces.append("\n")

    def close(self) -> None:
        """The file ends."""

    def taken(self) -> str:
        """What came by since the last time."""
        text = "".join(self.pieces)
        self.pieces.clear()
        return text


def xml_pieces(file: IO[bytes], kind: str) -> Iterator[str]:
    """The text between the tags of the main part; entities are refused."""
    from defusedxml.ElementTree import XMLParser

    text = TextBetweenTags()
    parser = XMLParser(target=text, forbid_dtd=True)
    left = MOST_XML
    with zipfile.ZipFile(file) as packed, packed.open(PARTS[kind]) as part:
        while chunk := part.read(64 * 1024):
            left -= len(chunk)
            if left < 0:
                raise Unreadable("too large unpacked")
            parser.feed(chunk)
            yield text.taken()


def main() -> None:
    """Read standard input, write the text to standard output."""
    limit_this_process()
    sys.stdout.write(read(io.BytesIO(sys.stdin.buffer.read()), sys.argv[1]))


if __name__ == "__main__":
    main()
