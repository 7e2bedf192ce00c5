"""Which public keys of a municipality may be used, verified up to the pinned region root."""

from django.conf import settings
from django.utils import timezone

from meldpunt.vault.encryption import (
    KeyRole,
    RecordRefused,
    Suite,
    VerifyKey,
    WrapPublicKey,
    trusted_wrap_key,
)
from meldpunt.vault.models import PublicKeyRecord
from meldpunt.vault.process_secrets import region_root
from portal.regions.models import Municipality

__all__ = ["KeyRole", "NoTrustedKey", "current_key", "signer_of", "trusted_key"]


class NoTrustedKey(Exception):
    """The municipality has no key of this role that the region root vouches for today."""


def current_key(municipality: Municipality, role: KeyRole) -> PublicKeyRecord:
    """The key in use for new reports. Raises ``NoTrustedKey`` when there is none."""
    try:
        return PublicKeyRecord.objects.get(municipality=municipality, role=role, is_current=True)
    except PublicKeyRecord.DoesNotExist:
        raise NoTrustedKey(role) from None


def trusted_key(municipality: Municipality, role: KeyRole) -> tuple[WrapPublicKey, int]:
    """The public key to wrap to and its epoch, after the whole chain of signatures.

    Raises:
        NoTrustedKey: no such key, or somebody changed it in the database.
        SecretsMissing: the region root is not pinned in this process.
    """
    row = current_key(municipality, role)
    return verified(row), row.epoch


def verified(row: PublicKeyRecord) -> WrapPublicKey:
    """The public key of one row. Raises ``NoTrustedKey`` when a signature does not hold."""
    signing = current_key(row.municipality, KeyRole.SIGNING)
    try:
        return trusted_wrap_key(
            row.signed,
            signing=signing.signed,
            root=region_root(),
            role=KeyRole(row.role),
            municipality=row.municipality_id,
            on=timezone.localdate(),
            suites=frozenset(Suite) - frozenset(settings.MELDPUNT_REFUSED_SUITES),
        )
    except RecordRefused as error:
        raise NoTrustedKey(type(error).__name__) from None


def signer_of(row: PublicKeyRecord) -> PublicKeyRecord | None:
    """Which signing key vouched for a key, now or when it was in use; nothing when none did.

    Tells what was true then; only ``verified`` says what may be used today.
    """
    root = region_root()
    signers = PublicKeyRecord.objects.filter(municipality=row.municipality_id, role=KeyRole.SIGNING)
    for signer in signers.order_by("-epoch"):
        signed = signer.signed
        if signed.is_signed_by(root) and row.signed.is_signed_by(VerifyKey(signed.record.public)):
            return signer
    return None
