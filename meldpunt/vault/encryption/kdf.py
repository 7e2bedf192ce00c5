"""From a passphrase, a code or two half keys to one key: Argon2id and HKDF-SHA256."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from meldpunt.vault.encryption.errors import TooBusy

KEY_LENGTH = 32
SALT_LENGTH = 16
_COST = re.compile(r"argon2id:t=(\d{1,2}),m=(\d{1,7}),p=1")
_LARGEST_MEMORY = 1024 * 1024  # KiB; a row in the database can't make a process ask for more


@dataclass(frozen=True)
class Argon2Cost:
    """How slow Argon2id is: passes, and memory in KiB. One lane always."""

    passes: int
    memory: int

    @property
    def stored(self) -> str:
        """The text kept beside a salt, such as ``argon2id:t=3,m=131072,p=1``."""
        return f"argon2id:t={self.passes},m={self.memory},p=1"

    @classmethod
    def from_stored(cls, text: str) -> Self:
        """Read it back. Raises ``ValueError`` for anything ``stored`` can't have written."""
        found = _COST.fullmatch(text)
        if not found or not 8 <= int(found[2]) <= _LARGEST_MEMORY or int(found[1]) < 1:
            raise ValueError("Not a stored Argon2id cost.")
        return cls(int(found[1]), int(found[2]))


PASSPHRASE_COST = Argon2Cost(passes=3, memory=128 * 1024)
CODE_COST = Argon2Cost(passes=2, memory=19 * 1024)

# Each takes 128 MiB: two at once is what a small server can bear (test plan 11.10).
_passphrase_seats = threading.BoundedSemaphore(2)
_LONGEST_WAIT = 30.0


def hkdf(material: bytes, *, salt: bytes | None, info: bytes) -> bytes:
    """32 bytes by HKDF-SHA256 (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=salt, info=info).derive(material)


def slow_hash(material: bytes, *, salt: bytes, cost: Argon2Cost, length: int) -> bytes:
    """``length`` bytes by Argon2id (RFC 9106) with one lane."""
    return Argon2id(
        salt=salt,
        length=length,
        iterations=cost.passes,
        lanes=1,
        memory_cost=cost.memory,
    ).derive(material)


def slow_passphrase_hash(passphrase: bytes, *, salt: bytes, cost: Argon2Cost) -> bytes:
    """32 bytes from a staff passphrase; at most two run at once in a process.

    Raises ``TooBusy`` after waiting half a minute for a seat.
    """
    with _passphrase_seat():
        return slow_hash(passphrase, salt=salt, cost=cost, length=KEY_LENGTH)


@contextmanager
def _passphrase_seat() -> Iterator[None]:
    if not _passphrase_seats.acquire(timeout=_LONGEST_WAIT):
        raise TooBusy
    try:
        yield
    finally:
        _passphrase_seats.release()
