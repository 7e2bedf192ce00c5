"""Another signing key for a municipality, because somebody who knew it has left (meldpunt.md 6.3).

Only the region root can vouch for one, so its file is there for the length of this ceremony. What
the old key signed stays verifiable: its own record stays, with the root's signature. But nothing
that it signs counts any more.
"""

from django.db import transaction

from meldpunt.vault.encryption import HeldKey, KeyRole, SigningKey, UnlockedKeys
from meldpunt.vault.models import HolderRecord, KeyWrap, PublicKeyRecord
from meldpunt.vault.process_secrets import region_root
from meldpunt.vault.services.ceremonies import NotTheRegionRoot
from meldpunt.vault.services.holders import chain_of, public_half_of, wrap_to
from meldpunt.vault.services.publishing import publish
from meldpunt.vault.services.recovery_wraps import wrap_for_recovery
from meldpunt.vault.services.retiring import retire_key
from meldpunt.vault.services.rotation import ROTATED, NotASigner, rotate_keys
from meldpunt.vault.services.trust import current_key, verified
from meldpunt.vault.services.vouching import is_vouched_for, signing_key_of, vouch
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.services import record
from portal.regions.models import Municipality


def vouched_holders(municipality: Municipality) -> list[User]:
    """Whose pair the present key vouches for, and who works here today: they will get the new one."""
    rows = HolderRecord.objects.filter(municipality=municipality).select_related("holder")
    return [
        row.holder
        for row in rows.order_by("holder")
        if row.holder.may(Permission.REPORTS_WORK, at=municipality.pk)
        and is_vouched_for(row.holder, municipality)
    ]


@transaction.atomic
def renew_signing_key(
    municipality: Municipality, *, root: SigningKey, keys: UnlockedKeys, by: User
) -> UnlockedKeys:
    """Make the next signing key, sign with it what is in use, and make new keys of content.

    The new keys of content come because whoever left could have signed some of their own.

    Args:
        municipality: Whose.
        root: The private half of the region root, for the length of this ceremony.
        keys: What a holder unlocked, with the present signing key.
        by: That holder.

    Returns:
        The unlocked keys with the new ones, without the old signing key.

    Raises:
        NotTheRegionRoot: ``root`` is not the private half of the pinned root.
        NotASigner: ``by`` has not unlocked the present signing key.
        NoTrustedKey: a key in use is not signed by the present one; find out why first.
    """
    if root.public() != region_root():
        raise NotTheRegionRoot
    if signing_key_of(keys, municipality.pk) is None:
        raise NotASigner
    old = current_key(municipality, KeyRole.SIGNING)
    in_use = PublicKeyRecord.objects.filter(municipality=municipality, is_current=True)
    others = list(in_use.exclude(role=KeyRole.SIGNING).select_related("municipality"))
    for row in others:
        verified(row)
    people = vouched_holders(municipality)
    old.is_current = False
    old.save(update_fields=["is_current"])
    new = HeldKey(municipality.pk, KeyRole.SIGNING, SigningKey.new(), old.epoch + 1)
    signing = new.private
    if not isinstance(signing, SigningKey):
        raise TypeError("A signing key signs.")
    publish(municipality, KeyRole.SIGNING, signing.public(), signer=root, epoch=new.epoch)
    for row in others:
        row.record = row.signed.record.signed_by(signing).text
        row.save(update_fields=["record"])
    HolderRecord.objects.filter(municipality=municipality).exclude(holder__in=people).delete()
    signers = set(KeyWrap.objects.filter(key=old).values_list("holder", flat=True))
    for person in people:
        vouch(person, public_half_of(person), signing=new)
        if person.pk in signers:
            wrap_to(person, new)
    wrap_for_recovery(new)
    retire_key(old)
    record(
        "key.signing_renewed",
        by=by.reference,
        subject=f"municipality:{municipality.slug}",
        details={"epoch": new.epoch, "holders": len(signers & {one.pk for one in people})},
        chain=chain_of(municipality),
    )
    kept = tuple(key for key in keys.held if key.key_id != old.key_id)
    keys = UnlockedKeys((*kept, new), keys.indexes)
    return rotate_keys(municipality, keys=keys, roles=ROTATED, by=by)
