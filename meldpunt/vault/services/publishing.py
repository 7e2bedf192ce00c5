"""Signing a new public key and putting it in use."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from meldpunt.vault.encryption import (
    HeldKey,
    IndexMaster,
    KeyRecord,
    KeyRole,
    SigningKey,
    UnlockedIndex,
    VerifyKey,
    WrapPublicKey,
    wrap_index_master,
)
from meldpunt.vault.models import IndexMasterWrap, PublicKeyRecord
from portal.regions.models import Municipality


def publish(
    municipality: Municipality,
    role: KeyRole,
    key: WrapPublicKey | VerifyKey,
    *,
    signer: SigningKey,
    epoch: int = 0,
    is_current: bool = True,
) -> PublicKeyRecord:
    """Store the public key with the signature that vouches for it, as the one in use.

    ``is_current``: false for the key of one report, to which nothing new is sealed.
    """
    today = timezone.localdate()
    signed = KeyRecord.of(
        key,
        role=role,
        municipality=municipality.pk,
        epoch=epoch,
        not_before=today,
        not_after=_last_day(role, today),
    ).signed_by(signer)
    return PublicKeyRecord.objects.create(
        municipality=municipality,
        role=role,
        epoch=epoch,
        key_id=key.key_id,
        record=signed.text,
        is_current=is_current,
    )


def new_index(row: PublicKeyRecord, report: HeldKey) -> UnlockedIndex:
    """Make the index key that belongs to a new report key, wrapped to it.

    Raises:
        TypeError: ``report`` is a signing key.
    """
    public = report.private.public()
    if not isinstance(public, WrapPublicKey):
        raise TypeError("A report key wraps.")
    master = IndexMaster.new()
    envelope = wrap_index_master(master, to=public, municipality=row.municipality_id)
    IndexMasterWrap.objects.create(key=row, envelope=envelope)
    return UnlockedIndex(row.municipality_id, public.key_id, master)


def _last_day(role: KeyRole, today: date) -> date:
    days = settings.MELDPUNT_SIGNING_KEY_DAYS
    if role is KeyRole.REPORT:
        days = settings.MELDPUNT_REPORT_KEY_DAYS
    return today + timedelta(days=days)
