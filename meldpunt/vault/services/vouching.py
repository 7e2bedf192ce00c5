"""To whom keys may be wrapped: only to a pair that the municipality's signing key vouches for.

The pair of a colleague lies in the database. Whoever can write there could put another in its
place and wait for the next key; so each pair is signed when two people admit its holder, or by
the holder, who proves at every unlock that it is theirs (meldpunt.md 6.3).
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from meldpunt.vault.encryption import (
    HeldKey,
    KeyRecord,
    KeyRole,
    RecordRefused,
    SigningKey,
    UnlockedKeys,
    WrapPublicKey,
    trusted_record,
)
from meldpunt.vault.models import HolderRecord, StaffKeyPair
from meldpunt.vault.process_secrets import region_root
from meldpunt.vault.services.trust import NoTrustedKey, current_key
from portal.accounts.models import User
from portal.regions.models import Municipality


def signing_key_of(keys: UnlockedKeys, municipality: int) -> SigningKey | None:
    """The municipality's signing key, when somebody has it unlocked."""
    for key in keys.held:
        if key.municipality == municipality and isinstance(key.private, SigningKey):
            return key.private
    return None


def vouch(holder: User, public: WrapPublicKey, *, signing: HeldKey) -> HolderRecord:
    """Sign that ``public`` is the pair of ``holder``; replaces what was signed before.

    Raises:
        TypeError: ``signing`` is no signing key.
    """
    if not isinstance(signing.private, SigningKey):
        raise TypeError("Only a signing key vouches.")
    today = timezone.localdate()
    signed = KeyRecord.of(
        public,
        role=KeyRole.HOLDER,
        municipality=signing.municipality,
        subject=holder.pk,
        not_before=today,
        not_after=today + timedelta(days=settings.MELDPUNT_SIGNING_KEY_DAYS),
    ).signed_by(signing.private)
    kept, _new = HolderRecord.objects.update_or_create(
        municipality_id=signing.municipality, holder=holder, defaults={"record": signed.text}
    )
    return kept


def is_vouched_for(holder: User, municipality: Municipality) -> bool:
    """Whether the pair of ``holder`` is the one that was signed here.

    Raises:
        SecretsMissing: the region root is not pinned in this process.
    """
    row = HolderRecord.objects.filter(municipality=municipality, holder=holder).first()
    pair = StaffKeyPair.objects.filter(user=holder).first()
    if row is None or pair is None:
        return False
    try:
        signed = row.signed
        record = trusted_record(
            signed,
            signing=current_key(municipality, KeyRole.SIGNING).signed,
            root=region_root(),
            role=KeyRole.HOLDER,
            municipality=municipality.pk,
            on=timezone.localdate(),
        )
    except (RecordRefused, NoTrustedKey):
        return False
    return record.subject == holder.pk and record.key == pair.public_key


def vouch_for_oneself(holder: User, *, public: WrapPublicKey, keys: UnlockedKeys) -> None:
    """Sign the own pair wherever that was not done: its passphrase opened it a moment ago."""
    for key in keys.held:
        if isinstance(key.private, SigningKey):
            municipality = Municipality.objects.get(pk=key.municipality)
            if not is_vouched_for(holder, municipality):
                vouch(holder, public, signing=key)
