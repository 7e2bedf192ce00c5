"""Signed statements about public keys: which key, whose, for what, from when until when.

The region root signs a municipality's signing key; that key signs the municipality's other
public keys. Whoever can write in the database can't put a key of their own in between, because
the root's public half is pinned outside the database (meldpunt.md 6.3). ``key_trust`` verifies.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self

from meldpunt.vault.encryption.canonical import (
    canonical_json,
    from_base64,
    read_canonical,
    to_base64,
)
from meldpunt.vault.encryption.envelope import Suite
from meldpunt.vault.encryption.errors import RecordMalformed
from meldpunt.vault.encryption.key_pairs import PUBLIC_LENGTHS, WrapPublicKey
from meldpunt.vault.encryption.signing import SIGNATURE_LENGTH, SigningKey, VerifyKey

_SIGNED_AS = b"key-record/v1|"


class KeyRole(StrEnum):
    """What a key is for. One role per key."""

    SIGNING = "signing"  # GK: signs the other records of its municipality
    REPORT = "report"  # MK: opens reports, conversations and internal notes of one epoch
    IDENTITY = "identity"  # IK: opens who reported
    TRUSTED_PERSON = "trusted_person"  # RVK: opens reports about the municipality's own staff
    CIRCLE = "circle"  # opens one report from which somebody is kept away
    RECOVERY = "recovery"  # RecK: opens wraps when no holder is left
    HOLDER = "holder"  # UK: the pair of one staff member
    RECEIPT = "receipt"  # verifies proofs of receipt


SIGNATURE_ROLES = frozenset({KeyRole.SIGNING, KeyRole.RECEIPT})


@dataclass(frozen=True)
class KeyRecord:
    """One public key and its limits. ``subject`` is the staff member of a holder key, else 0."""

    role: KeyRole
    municipality: int
    suite: Suite
    public: bytes = field(repr=False)
    not_before: date
    not_after: date
    epoch: int = 0
    subject: int = 0

    def __post_init__(self) -> None:
        if (self.suite is Suite.ED25519) != (self.role in SIGNATURE_ROLES):
            raise RecordMalformed("The suite doesn't fit the role.")
        if len(self.public) != PUBLIC_LENGTHS[self.suite]:
            raise RecordMalformed("The public key has the wrong length.")
        numbers = (self.municipality, self.epoch, self.subject)
        if any(type(number) is not int for number in numbers):
            raise RecordMalformed("A number isn't one.")
        if min(numbers) < 0 or self.not_after < self.not_before:
            raise RecordMalformed("A number or a day is out of range.")

    @classmethod
    def of(
        cls,
        key: WrapPublicKey | VerifyKey,
        *,
        role: KeyRole,
        municipality: int,
        **limits: Any,
    ) -> Self:
        """A record about ``key``. ``limits``: not_before, not_after, and epoch or subject."""
        return cls(role, municipality, key.suite, key.material, **limits)

    @property
    def key(self) -> WrapPublicKey | VerifyKey:
        """The public key of this record."""
        if self.suite is Suite.ED25519:
            return VerifyKey(self.public)
        return WrapPublicKey(self.suite, self.public)

    @property
    def key_id(self) -> int:
        """The number of the key."""
        return self.key.key_id

    def as_json(self) -> dict[str, Any]:
        """The fields as they are signed."""
        return {
            "epoch": self.epoch,
            "key_id": self.key_id,
            "municipality": self.municipality,
            "not_after": self.not_after.isoformat(),
            "not_before": self.not_before.isoformat(),
            "public": to_base64(self.public),
            "role": str(self.role),
            "subject": self.subject,
            "suite": int(self.suite),
            "v": 1,
        }

    def signed_by(self, signer: SigningKey) -> "SignedKeyRecord":
        """The record with the signature of the region root or the municipality signing key."""
        return SignedKeyRecord(self, signer.sign(_message(self)))


@dataclass(frozen=True)
class SignedKeyRecord:
    """A record and a signature, not yet trusted. ``text`` is what a row stores."""

    record: KeyRecord
    signature: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """Canonical JSON of the record and its signature."""
        signed = {
            "record": self.record.as_json(),
            "signature": to_base64(self.signature),
        }
        return canonical_json(signed).decode("ascii")

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a stored record. Raises ``RecordMalformed``; trust nothing before ``key_trust``."""
        try:
            signed = read_canonical(text.encode("ascii"))
            fields, signature = signed["record"], from_base64(signed["signature"])
            read = cls(_record(fields), signature)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise RecordMalformed("Not a signed key record.") from None
        if read.text != text or len(signature) != SIGNATURE_LENGTH:
            raise RecordMalformed("The record has other fields than it may have.")
        return read

    def is_signed_by(self, signer: VerifyKey) -> bool:
        """Say whether the signature is ``signer``'s."""
        return signer.verifies(self.signature, _message(self.record))


def _message(record: KeyRecord) -> bytes:
    return _SIGNED_AS + canonical_json(record.as_json())


def _record(fields: dict[str, Any]) -> KeyRecord:
    return KeyRecord(
        role=KeyRole(fields["role"]),
        municipality=fields["municipality"],
        suite=Suite(fields["suite"]),
        public=from_base64(fields["public"]),
        not_before=date.fromisoformat(fields["not_before"]),
        not_after=date.fromisoformat(fields["not_after"]),
        epoch=fields["epoch"],
        subject=fields["subject"],
    )
