"""Verify a key record up to the pinned region root, before anything is sealed to it."""

from collections.abc import Collection
from datetime import date

from meldpunt.vault.encryption.envelope import Suite
from meldpunt.vault.encryption.errors import (
    NoLongerValid,
    NotYetValid,
    SignatureInvalid,
    SuiteRefused,
    WrongMunicipality,
    WrongRole,
    WrongSigner,
)
from meldpunt.vault.encryption.key_pairs import WrapPublicKey
from meldpunt.vault.encryption.key_records import KeyRecord, KeyRole, SignedKeyRecord
from meldpunt.vault.encryption.signing import VerifyKey

ALL_SUITES = frozenset(Suite)


def trusted_record(
    signed: SignedKeyRecord,
    *,
    signing: SignedKeyRecord,
    root: VerifyKey,
    role: KeyRole,
    municipality: int,
    on: date,
    suites: Collection[Suite] = ALL_SUITES,
) -> KeyRecord:
    """The record, if ``root`` signed ``signing`` and ``signing`` signed it, valid on that day.

    ``suites`` is for the setting that refuses 0x01. Raises ``RecordRefused`` by one of its names:
    ``SignatureInvalid``, ``WrongSigner``, ``WrongMunicipality``, ``WrongRole``, ``SuiteRefused``,
    ``NotYetValid`` or ``NoLongerValid``.
    """
    signer = trusted_signing_key(signing, root=root, municipality=municipality, on=on)
    if not signed.is_signed_by(signer):
        raise SignatureInvalid("Not signed by the municipality's signing key.")
    _require(signed.record, role=role, municipality=municipality, on=on)
    if signed.record.suite not in suites and role is not KeyRole.RECEIPT:
        raise SuiteRefused(f"Suite {signed.record.suite:#04x} is switched off.")
    return signed.record


def trusted_wrap_key(
    signed: SignedKeyRecord,
    *,
    signing: SignedKeyRecord,
    root: VerifyKey,
    role: KeyRole,
    municipality: int,
    on: date,
    suites: Collection[Suite] = ALL_SUITES,
) -> WrapPublicKey:
    """The public key to wrap to, after the checks of ``trusted_record``."""
    record = trusted_record(
        signed,
        signing=signing,
        root=root,
        role=role,
        municipality=municipality,
        on=on,
        suites=suites,
    )
    if not isinstance(record.key, WrapPublicKey):
        raise WrongRole("A signing key wraps nothing.")
    return record.key


def trusted_signing_key(
    signing: SignedKeyRecord, *, root: VerifyKey, municipality: int, on: date
) -> VerifyKey:
    """The municipality's signing key, if the pinned root signed it. Raises ``RecordRefused``."""
    if not signing.is_signed_by(root):
        raise SignatureInvalid("Not signed by the pinned region root.")
    if signing.record.role is not KeyRole.SIGNING:
        raise WrongSigner("The record above isn't a signing key.")
    _require(signing.record, role=KeyRole.SIGNING, municipality=municipality, on=on)
    return VerifyKey(signing.record.public)


def _require(record: KeyRecord, *, role: KeyRole, municipality: int, on: date) -> None:
    if record.municipality != municipality:
        raise WrongMunicipality
    if record.role is not role:
        raise WrongRole(f"Expected {role}, found {record.role}.")
    if on < record.not_before:
        raise NotYetValid(f"Valid from {record.not_before}.")
    if on > record.not_after:
        raise NoLongerValid(f"Valid until {record.not_after}.")
