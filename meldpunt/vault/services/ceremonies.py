"""Making the keys: the region root once, and the keys of a municipality (meldpunt.md 6.3)."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from meldpunt.vault.encryption import HeldKey, KeyRole, SigningKey, WrapPrivateKey
from meldpunt.vault.models import PublicKeyRecord
from meldpunt.vault.process_secrets import region_root
from meldpunt.vault.services.holders import chain_of, public_half_of, wrap_to
from meldpunt.vault.services.publishing import new_index, publish
from meldpunt.vault.services.vouching import vouch
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.services import record
from portal.regions.models import Municipality

__all__ = ["SigningKey", "make_municipality_keys"]
FIRST_EPOCH = 1


class NotTheRegionRoot(Exception):
    """The key that signs is not the one whose public half is pinned."""


class KeysExist(Exception):
    """The municipality has its keys; a second ceremony would orphan its reports."""


class TooFewHolders(Exception):
    """A meldpunt opens only with two holders or more, each with a role and a key pair."""


@transaction.atomic
def make_municipality_keys(
    municipality: Municipality,
    *,
    root: SigningKey,
    holders: Sequence[User],
    custodians: Sequence[User],
    by: str,
) -> None:
    """Make, sign and wrap every key of ``municipality``.

    Args:
        municipality: Whose keys; it has none yet.
        root: The private half of the region root, for the length of this ceremony.
        holders: Who can open reports from now on; two or more.
        custodians: Who can open the name of a reporter; other people when there are any.
        by: Who carries out the ceremony, as the audit trail names them.

    Raises:
        NotTheRegionRoot: ``root`` is not the private half of the pinned root.
        KeysExist: the ceremony was held before.
        TooFewHolders: fewer than two people with a role here.
        NoKeyPair: somebody has not unlocked for the first time yet.
    """
    if root.public() != region_root():
        raise NotTheRegionRoot
    if PublicKeyRecord.objects.filter(municipality=municipality).exists():
        raise KeysExist
    _require_holders(municipality, holders)
    signing = SigningKey.new()
    publish(municipality, KeyRole.SIGNING, signing.public(), signer=root)
    report = HeldKey(municipality.pk, KeyRole.REPORT, WrapPrivateKey.new(), FIRST_EPOCH)
    identity = HeldKey(municipality.pk, KeyRole.IDENTITY, WrapPrivateKey.new())
    row = publish(
        municipality, KeyRole.REPORT, report.private.public(), signer=signing, epoch=FIRST_EPOCH
    )
    publish(municipality, KeyRole.IDENTITY, identity.private.public(), signer=signing)
    new_index(row, report)
    signs = HeldKey(municipality.pk, KeyRole.SIGNING, signing)
    for holder in holders:
        wrap_to(holder, signs)
        wrap_to(holder, report)
    for custodian in custodians:
        wrap_to(custodian, identity)
    for person in {*holders, *custodians}:
        vouch(person, public_half_of(person), signing=signs)
    record(
        "key.municipality_created",
        by=by,
        subject=f"municipality:{municipality.slug}",
        details={"holders": [holder.reference for holder in holders]},
        chain=chain_of(municipality),
    )


def _require_holders(municipality: Municipality, holders: Sequence[User]) -> None:
    able = {
        holder.pk for holder in holders if holder.may(Permission.REPORTS_WORK, at=municipality.pk)
    }
    if len(able) < settings.MELDPUNT_HOLDERS_LEAST or len(able) < len(holders):
        raise TooFewHolders
