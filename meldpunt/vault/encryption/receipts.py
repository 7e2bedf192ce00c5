"""Proof of receipt: a signature that a report exists, without a word of its content (6.5)."""

import hashlib
import re
from dataclasses import dataclass, field
from typing import Self

from meldpunt.vault.encryption.canonical import from_base64, to_base64
from meldpunt.vault.encryption.errors import ReceiptRefused
from meldpunt.vault.encryption.signing import SIGNATURE_LENGTH, SigningKey, VerifyKey

_TEXT = re.compile(r"ontvangst\.v1\.(\d{1,10})\.(\d{4}-W\d{2})\.([\w-]{128})", re.ASCII)
_WEEK = re.compile(r"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])", re.ASCII)
_HASH_LENGTH = 32


@dataclass(frozen=True)
class Receipt:
    """What is printed under the code: municipality, ISO week, SHA-256 of lookup, signature."""

    municipality: int
    week: str
    lookup_hash: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """One line to print or copy: ``ontvangst.v1.<g>.<week>.<128 symbols>``."""
        proof = to_base64(self.lookup_hash + self.signature)
        return f"ontvangst.v1.{self.municipality}.{self.week}.{proof}"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a printed proof; white space and line breaks are forgiven.

        Raises ``ReceiptRefused``. Nothing is verified yet.
        """
        found = _TEXT.fullmatch("".join(text.split())) if len(text) < 1000 else None
        if not found:
            raise ReceiptRefused("Not a proof of receipt.")
        try:
            proof = from_base64(found[3])
        except ValueError:
            raise ReceiptRefused("Not a proof of receipt.") from None
        return cls(int(found[1]), found[2], proof[:_HASH_LENGTH], proof[-SIGNATURE_LENGTH:])


def sign_receipt(key: SigningKey, *, municipality: int, week: str, lookup: bytes) -> Receipt:
    """The proof for one code. ``week`` as ``2026-W48``; ``lookup`` from ``derive_code_keys``."""
    if not _WEEK.fullmatch(week):
        raise ValueError("A week is written as 2026-W48.")
    lookup_hash = hashlib.sha256(lookup).digest()
    signature = key.sign(_message(municipality, week, lookup_hash))
    return Receipt(municipality, week, lookup_hash, signature)


def verify_receipt(receipt: Receipt, *, key: VerifyKey) -> None:
    """Raise ``ReceiptRefused`` unless ``key`` made this proof."""
    message = _message(receipt.municipality, receipt.week, receipt.lookup_hash)
    if not key.verifies(receipt.signature, message):
        raise ReceiptRefused("The signature doesn't hold.")


def _message(municipality: int, week: str, lookup_hash: bytes) -> bytes:
    return f"ontvangst/v1|{municipality}|{week}|{lookup_hash.hex()}".encode("ascii")
