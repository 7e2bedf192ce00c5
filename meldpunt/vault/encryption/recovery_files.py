"""What travels on a stick between the server and the computer without network.

Three files: the new pair (to the server), the case (from the server: what the pair opens and who
needs it) and the result (to the server: the keys, wrapped to the new holders). None of them opens
anything without two sheets of paper or a passphrase.
"""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Self

from meldpunt.vault.encryption.canonical import from_base64, to_base64
from meldpunt.vault.encryption.envelope import Suite
from meldpunt.vault.encryption.errors import CannotOpen, NotARecoveryFile
from meldpunt.vault.encryption.held_keys import (
    RECOVERY_HOLDER,
    HeldKey,
    unwrap_held_key,
    wrap_held_key,
)
from meldpunt.vault.encryption.key_pairs import WrapPrivateKey, WrapPublicKey
from meldpunt.vault.encryption.key_records import KeyRecord, KeyRole, SignedKeyRecord
from meldpunt.vault.encryption.recovery import lock_recovery_key, unlock_recovery_key
from meldpunt.vault.encryption.secret_bytes import RecoverySeed
from meldpunt.vault.encryption.signing import SigningKey


@dataclass(frozen=True)
class RecoveryPair:
    """A recovery pair of one municipality: the public half, and the locked private half."""

    municipality: int
    public: WrapPublicKey
    locked: bytes = field(repr=False)

    @classmethod
    def new(cls, *, seed: RecoverySeed, municipality: int) -> Self:
        """A fresh pair, locked with ``seed``."""
        private = WrapPrivateKey.new()
        locked = lock_recovery_key(private, seed=seed, municipality=municipality)
        return cls(municipality, private.public(), locked)

    def unlocked(self, seed: RecoverySeed) -> WrapPrivateKey:
        """The private half. Raises ``CannotOpen`` when the sheets belong to another pair."""
        return unlock_recovery_key(
            self.locked, seed=seed, public=self.public, municipality=self.municipality
        )

    def as_json(self) -> dict[str, Any]:
        """The fields as they are written."""
        return {
            "municipality": self.municipality,
            "suite": int(self.public.suite),
            "public": to_base64(self.public.material),
            "locked": to_base64(self.locked),
        }

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Self:
        """The pair again. Raises ``KeyError``, ``ValueError`` or ``TypeError``."""
        public = WrapPublicKey(Suite(fields["suite"]), from_base64(fields["public"]))
        return cls(int(fields["municipality"]), public, from_base64(fields["locked"]))


@dataclass(frozen=True)
class NewHolder:
    """Somebody who gets the keys: account number, name to read aloud, and own pair."""

    number: int
    name: str
    public: WrapPublicKey


@dataclass(frozen=True)
class RecoveryCase:
    """Everything that a recovery needs but for the sheets."""

    pair: RecoveryPair
    wraps: tuple[tuple[SignedKeyRecord, bytes], ...] = field(repr=False)
    holders: tuple[NewHolder, ...] = ()
    for_trust_person: bool = False

    def gives(self, key: HeldKey) -> bool:
        """Whether the new holders get it: the trust person of the region that key alone, others not."""
        return (key.role is KeyRole.TRUSTED_PERSON) == self.for_trust_person

    def opened(self, seed: RecoverySeed) -> list[HeldKey]:
        """Every private key of the municipality. Raises ``CannotOpen``."""
        private = self.pair.unlocked(seed)
        return [
            unwrap_held_key(envelope, by=private, record=signed.record, holder=RECOVERY_HOLDER)
            for signed, envelope in self.wraps
        ]

    def resolved(self, seed: RecoverySeed, *, on: date, days: int) -> "RecoveryResult":
        """The keys, wrapped to each new holder, who is vouched for from ``on`` for ``days``.

        Raises:
            CannotOpen: the sheets belong to another pair, or a row was changed.
        """
        held = self.opened(seed)
        signing = next((key.private for key in held if isinstance(key.private, SigningKey)), None)
        if signing is None:
            raise CannotOpen("The signing key is not among them.")
        wraps = [
            (key.key_id, holder.number, wrap_held_key(key, to=holder.public, holder=holder.number))
            for key in held
            if self.gives(key)
            for holder in self.holders
        ]
        records = [
            KeyRecord.of(
                holder.public,
                role=KeyRole.HOLDER,
                municipality=self.pair.municipality,
                subject=holder.number,
                not_before=on,
                not_after=on + timedelta(days=days),
            ).signed_by(signing)
            for holder in self.holders
        ]
        return RecoveryResult(self.pair.municipality, tuple(wraps), tuple(records))


@dataclass(frozen=True)
class RecoveryResult:
    """The keys for the new holders: number of the key, of the holder, and the envelope."""

    municipality: int
    wraps: tuple[tuple[int, int, bytes], ...] = field(repr=False)
    records: tuple[SignedKeyRecord, ...] = ()


def pair_to_text(pair: RecoveryPair) -> str:
    """The file that goes to the server after the ceremony."""
    return _text("recovery-pair", pair.as_json())


def pair_from_text(text: str) -> RecoveryPair:
    """Read it. Raises ``NotARecoveryFile``."""
    return _read(text, "recovery-pair", RecoveryPair.from_json)


def case_to_text(case: RecoveryCase) -> str:
    """The file that goes to the computer without network."""
    holders = [
        {
            "number": one.number,
            "name": one.name,
            "suite": int(one.public.suite),
            "public": to_base64(one.public.material),
        }
        for one in case.holders
    ]
    wraps = [[signed.text, to_base64(envelope)] for signed, envelope in case.wraps]
    fields = {
        "pair": case.pair.as_json(),
        "wraps": wraps,
        "holders": holders,
        "for_trust_person": case.for_trust_person,
    }
    return _text("recovery-case", fields)


def case_from_text(text: str) -> RecoveryCase:
    """Read it. Raises ``NotARecoveryFile``."""

    def case(fields: dict[str, Any]) -> RecoveryCase:
        wraps = [
            (SignedKeyRecord.from_text(record), from_base64(envelope))
            for record, envelope in fields["wraps"]
        ]
        holders = [
            NewHolder(
                int(one["number"]),
                str(one["name"]),
                WrapPublicKey(Suite(one["suite"]), from_base64(one["public"])),
            )
            for one in fields["holders"]
        ]
        pair = RecoveryPair.from_json(fields["pair"])
        return RecoveryCase(
            pair, tuple(wraps), tuple(holders), bool(fields.get("for_trust_person", False))
        )

    return _read(text, "recovery-case", case)


def result_to_text(result: RecoveryResult) -> str:
    """The file that goes back to the server."""
    fields = {
        "municipality": result.municipality,
        "wraps": [[key, holder, to_base64(envelope)] for key, holder, envelope in result.wraps],
        "records": [signed.text for signed in result.records],
    }
    return _text("recovery-result", fields)


def result_from_text(text: str) -> RecoveryResult:
    """Read it. Raises ``NotARecoveryFile``."""

    def result(fields: dict[str, Any]) -> RecoveryResult:
        wraps = [
            (int(key), int(holder), from_base64(envelope))
            for key, holder, envelope in fields["wraps"]
        ]
        records = [SignedKeyRecord.from_text(record) for record in fields["records"]]
        return RecoveryResult(int(fields["municipality"]), tuple(wraps), tuple(records))

    return _read(text, "recovery-result", result)


def _text(kind: str, fields: dict[str, Any]) -> str:
    return json.dumps({"v": 1, "kind": kind, **fields}, indent=1, sort_keys=True) + "\n"


def _read(text: str, kind: str, build: Any) -> Any:
    try:
        fields = json.loads(text)
        if (fields["v"], fields["kind"]) != (1, kind):
            raise NotARecoveryFile(f"This is not a file of kind {kind}.")
        return build(fields)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, NotARecoveryFile):
            raise
        raise NotARecoveryFile(f"This is not a file of kind {kind}.") from None
