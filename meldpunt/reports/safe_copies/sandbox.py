"""Runs the renderer: outside this process, for a short time, and with what it writes bounded."""

import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from meldpunt.reports.safe_copies.kinds import FileKind
from meldpunt.reports.safe_copies.renderer import Exit

RENDERER = Path(__file__).with_name("renderer.py")
MOST_WRITTEN = 32 * 1024 * 1024
AT_ONCE = threading.BoundedSemaphore(2)  # each may take half a GiB


class NoCopy(Exception):
    """No safe copy can be made of it; ``why`` says what to tell, if it is known."""

    def __init__(self, why: Exit) -> None:
        self.why = why
        super().__init__(why.name)


class NoSandbox(Exception):
    """No copy could be made now, of this or any file: too busy, or the renderer is not there."""


def make_copy(kind: FileKind, pieces: Iterable[bytes], *, seconds: float) -> Iterator[bytes]:
    """The copies of a file, one for each picture or page; for a text the text.

    Raises:
        NoCopy: this file can't be copied safely.
        NoSandbox: nothing can, for now.
    """
    if not AT_ONCE.acquire(timeout=max(seconds, 0)):
        raise NoSandbox
    try:
        yield from _run(kind, pieces, seconds)
    finally:
        AT_ONCE.release()


def sandbox_works() -> bool:
    """Whether copies of every kind can be made on this machine."""
    command = [sys.executable, "-I", str(RENDERER), "check"]
    try:
        done = subprocess.run(command, env={}, cwd="/", capture_output=True, timeout=20)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _run(kind: FileKind, pieces: Iterable[bytes], seconds: float) -> Iterator[bytes]:
    try:
        process = subprocess.Popen(  # noqa: S603  (our own file, and a word of ours)
            [sys.executable, "-I", str(RENDERER), kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
        )
    except OSError:
        raise NoSandbox from None
    if process.stdin is None or process.stdout is None:  # both were asked for
        raise NoSandbox
    late = threading.Timer(seconds, process.kill)
    feeder = threading.Thread(target=_feed, args=(process.stdin, pieces))
    late.start()
    feeder.start()
    try:
        whole = yield from _written(process.stdout)
    finally:
        late.cancel()
        process.kill()
        feeder.join()
        process.stdout.close()
        process.wait()
    if not whole:
        raise NoCopy(_why(process.returncode))


def _feed(into: IO[bytes], pieces: Iterable[bytes]) -> None:
    with suppress(OSError):  # it ended before it read everything
        for piece in pieces:
            into.write(piece)
    with suppress(OSError):
        into.close()


def _written(out: IO[bytes]) -> Generator[bytes, None, bool]:
    """What it writes, until it says that this is all; whether it did."""
    total = 0
    while len(start := out.read(4)) == 4:
        length = int.from_bytes(start, "big")
        total += length
        if not length:
            return True
        if total > MOST_WRITTEN:
            raise NoCopy(Exit.TOO_LARGE)
        copy = out.read(length)
        if len(copy) < length:
            return False
        yield copy
    return False


def _why(code: int) -> Exit:
    """A renderer that was killed took too much time or memory."""
    if code in set(Exit):
        return Exit(code)
    return Exit.TOO_LARGE if code < 0 else Exit.UNREADABLE
