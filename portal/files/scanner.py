"""ClamAV, asked over its socket: found is refused, and no answer is refused as well (R7)."""

import socket
from collections.abc import Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWER = 4096


class Infected(Exception):
    """The scanner knows it as harmful."""


class ScannerAway(Exception):
    """No verdict: the scanner is absent, down, too slow, or answers something else."""


def scan(pieces: Iterable[bytes], *, door: str, seconds: float) -> None:
    """Let the scanner read all of a file.

    Args:
        door: Its Unix socket.
        seconds: How long it may be silent.

    Raises:
        Infected: it found something.
        ScannerAway: there is no verdict; then the file must not be kept.
    """
    with _connection(door, seconds) as scanner:
        scanner.sendall(b"zINSTREAM\0")
        for piece in pieces:
            if piece:
                scanner.sendall(len(piece).to_bytes(4, "big") + piece)
        scanner.sendall(bytes(4))
        answer = _answer(scanner)
    if answer.endswith(" FOUND"):
        raise Infected
    if answer != "stream: OK":
        raise ScannerAway


def scanner_version(*, door: str, seconds: float) -> str:
    """The scanner with the number and day of its signatures. Raises ``ScannerAway``."""
    with _connection(door, seconds) as scanner:
        scanner.sendall(b"zVERSION\0")
        answer = _answer(scanner)
    if not answer.startswith("ClamAV "):
        raise ScannerAway
    return answer


@contextmanager
def _connection(door: str, seconds: float) -> "Iterator[socket.socket]":
    try:
        with socket.socket(socket.AF_UNIX) as scanner:
            scanner.settimeout(seconds)
            scanner.connect(door)
            yield scanner
    except OSError:  # also a time-out, and a scanner that hangs up half-way
        raise ScannerAway from None


def _answer(scanner: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0"):
        piece = scanner.recv(ANSWER)
        if not piece or len(answer) > ANSWER:
            raise ScannerAway
        answer += piece
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
