"""Somebody holds the keys no longer: asked by one holder, agreed by another, or the role ended.

Whoever left may have copied a key. So their wraps go, and the next unlock makes new keys for
those who stay (meldpunt.md 6.6, "Leaver").
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from meldpunt.vault.encryption import KeyRole, UnlockedKeys
from meldpunt.vault.models import HolderRecord, HolderWithdrawal, KeyWrap, PublicKeyRecord
from meldpunt.vault.services.holders import active_holders, chain_of
from meldpunt.vault.services.rotation import roles_due, rotate_keys
from portal.accounts.models import Membership, User
from portal.accounts.roles import Permission
from portal.audit.services import record
from portal.regions.models import Municipality


class TooFewLeft(Exception):
    """Fewer than two holders would be left; a colleague comes first."""


def may_lose_one(municipality: Municipality) -> bool:
    """Whether two holders are left when one goes."""
    return active_holders(municipality).count() > settings.MELDPUNT_HOLDERS_LEAST


@transaction.atomic
def ask_withdrawal(leaver: User, *, municipality: Municipality, by: User) -> HolderWithdrawal:
    """Propose that ``leaver`` holds the keys of ``municipality`` no longer; may be oneself.

    Raises:
        PermissionDenied: one of the two holds no key here.
        TooFewLeft: the meldpunt would be left with one holder.
    """
    holders = set(active_holders(municipality))
    if by not in holders or leaver not in holders:
        raise PermissionDenied
    if len(holders) - 1 < settings.MELDPUNT_HOLDERS_LEAST:
        raise TooFewLeft
    withdrawal, _new = HolderWithdrawal.objects.get_or_create(
        municipality=municipality, leaver=leaver, approved_by=None, defaults={"asked_by": by}
    )
    record(
        "key.withdrawal_asked",
        by=by.reference,
        subject=leaver.reference,
        chain=chain_of(municipality),
    )
    return withdrawal


@transaction.atomic
def approve_withdrawal(
    withdrawal: HolderWithdrawal, *, keys: UnlockedKeys, by: User
) -> UnlockedKeys:
    """Be the second holder: the leaver's keys go at once, and new ones are made.

    Returns:
        The unlocked keys of ``by``, with the new ones.

    Raises:
        PermissionDenied: ``by`` asked for it, is the leaver, or holds no key here.
        TooFewLeft: somebody else left meanwhile.
        NotASigner: ``by`` has not unlocked the signing key of this municipality.
    """
    municipality, leaver = withdrawal.municipality, withdrawal.leaver
    holders = set(active_holders(municipality))
    if by.pk in (withdrawal.asked_by_id, withdrawal.leaver_id) or by not in holders:
        raise PermissionDenied
    if len(holders - {leaver}) < settings.MELDPUNT_HOLDERS_LEAST:
        raise TooFewLeft
    take_keys(leaver, municipality=municipality, reason="withdrawn by two holders", by=by.reference)
    withdrawal.approved_by = by
    withdrawal.save(update_fields=["approved_by"])
    return rotate_keys(municipality, keys=keys, roles=roles_due(municipality), by=by)


@transaction.atomic
def take_keys(leaver: User, *, municipality: Municipality, reason: str, by: str) -> bool:
    """Delete what is wrapped to ``leaver`` here, and mark those keys; whether there was anything."""
    wraps = KeyWrap.objects.filter(holder=leaver, key__municipality=municipality)
    held = list(wraps.values_list("key", flat=True))
    if not held:
        return False
    wraps.delete()
    HolderRecord.objects.filter(holder=leaver, municipality=municipality).delete()
    lost = PublicKeyRecord.objects.filter(pk__in=held)
    lost.filter(Q(is_current=True) | Q(role=KeyRole.CIRCLE)).update(was_withdrawn=True)
    record(
        "key.holder_removed",
        by=by,
        subject=leaver.reference,
        reason=reason,
        chain=chain_of(municipality),
    )
    return True


def take_keys_of_who_left() -> int:
    """Take the keys of everybody whose role has ended or run out; the number of people."""
    taken = 0
    held = KeyWrap.objects.order_by().values_list("holder", "key__municipality").distinct()
    for holder_pk, municipality_pk in held:
        holder = User.objects.get(pk=holder_pk)
        if not holder.may(Permission.REPORTS_WORK, at=municipality_pk):
            place = Municipality.objects.get(pk=municipality_pk)
            taken += take_keys(holder, municipality=place, reason="role ended", by="system")
    return taken


def follow_membership(membership: Membership) -> None:
    """Take the keys at once when a role has just ended."""
    if membership.ended_at is None and membership.valid_until >= timezone.localdate():
        return
    person = User.objects.get(pk=membership.user_id)
    wraps = KeyWrap.objects.filter(holder=person)
    for municipality in Municipality.objects.filter(pk__in=wraps.values("key__municipality")):
        if not person.may(Permission.REPORTS_WORK, at=municipality.pk):
            take_keys(person, municipality=municipality, reason="role ended", by="system")
