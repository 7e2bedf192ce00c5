"""New keys for a municipality: each quarter, and as soon as somebody who held them has left.

A new key closes nothing behind it. What still comes in is sealed to the new key at once; what
lies there already follows when staff open it (``meldpunt.reports.services.resealing``).
Source: meldpunt.md 6.3 and 6.6. Whoever left keeps what they copied: no key can undo that.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from meldpunt.vault.encryption import HeldKey, KeyRole, SigningKey, UnlockedKeys, WrapPrivateKey
from meldpunt.vault.models import KeyWrap, PublicKeyRecord
from meldpunt.vault.services.holders import chain_of, wrap_to
from meldpunt.vault.services.publishing import new_index, publish
from meldpunt.vault.services.recovery_wraps import wrap_for_recovery
from meldpunt.vault.services.trust import NoTrustedKey, current_key
from meldpunt.vault.services.vouching import is_vouched_for, signing_key_of
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.services import record
from portal.regions.models import Municipality

ROTATED = (KeyRole.REPORT, KeyRole.IDENTITY)


class NotASigner(Exception):
    """Who renews keys must have the municipality's signing key unlocked."""


def roles_due(municipality: Municipality) -> list[KeyRole]:
    """Which keys must be renewed: the report key each quarter, both when a holder has left."""
    due = []
    for role in ROTATED:
        try:
            row = current_key(municipality, role)
        except NoTrustedKey:
            continue
        is_old = role is KeyRole.REPORT and quarter(row.signed.record.not_before) < quarter(
            timezone.localdate()
        )
        if row.was_withdrawn or is_old:
            due.append(role)
    return due


@transaction.atomic
def rotate_keys(
    municipality: Municipality,
    *,
    keys: UnlockedKeys,
    roles: Sequence[KeyRole] = ROTATED,
    by: User,
) -> UnlockedKeys:
    """Make the next key of each of ``roles``, for everybody who holds the present one.

    Left out is whose role has ended, and whose pair nobody vouches for.

    Returns:
        The unlocked keys, with the new ones that ``by`` holds.

    Raises:
        NotASigner: ``by`` has no signing key of this municipality unlocked.
        NoTrustedKey: there are no keys yet.
    """
    signing = signing_key_of(keys, municipality.pk)
    if signing is None:
        raise NotASigner
    held, indexes = list(keys.held), list(keys.indexes)
    for role in roles:
        old = PublicKeyRecord.objects.select_for_update().get(pk=current_key(municipality, role).pk)
        made = HeldKey(municipality.pk, role, WrapPrivateKey.new(), old.epoch + 1)
        old.is_current = False
        old.save(update_fields=["is_current"])
        row = publish(municipality, role, made.private.public(), signer=signing, epoch=made.epoch)
        if role is KeyRole.REPORT:
            indexes.append(new_index(row, made))
        given = _give(old, made, municipality)
        wrap_for_recovery(made)
        if by.pk in given:
            held.append(made)
        record(
            "key.municipality_rotated",
            by=by.reference,
            subject=f"municipality:{municipality.slug}",
            reason="holder left" if old.was_withdrawn else "quarter",
            details={"role": role, "epoch": made.epoch, "holders": len(given)},
            chain=chain_of(municipality),
        )
    return UnlockedKeys(tuple(held), tuple(indexes))


def rotate_what_is_due(user: User, *, keys: UnlockedKeys) -> UnlockedKeys:
    """At unlocking: renew what is due wherever ``user`` can sign. Returns all unlocked keys."""
    signers = {key.municipality for key in keys.held if isinstance(key.private, SigningKey)}
    for municipality in Municipality.objects.filter(pk__in=signers):
        if user.may(Permission.REPORTS_WORK, at=municipality.pk):
            due = roles_due(municipality)
            if due:
                keys = rotate_keys(municipality, keys=keys, roles=due, by=user)
    return keys


def quarter(day: date) -> tuple[int, int]:
    """The year and the quarter of ``day``: the length of one epoch."""
    return day.year, (day.month - 1) // 3


def _give(old: PublicKeyRecord, made: HeldKey, municipality: Municipality) -> set[int]:
    """Wrap the new key to who holds the old one; the holders who got it."""
    given = set()
    for wrap in KeyWrap.objects.filter(key=old).select_related("holder"):
        holder = wrap.holder
        if not holder.may(Permission.REPORTS_WORK, at=municipality.pk):
            continue
        if not is_vouched_for(holder, municipality):
            record(
                "key.holder_left_out",
                by="system",
                subject=holder.reference,
                outcome="refused",
                reason="nobody vouches for this pair",
                chain=chain_of(municipality),
            )
            continue
        wrap_to(holder, made, last_unlocked_on=wrap.last_unlocked_on)
        given.add(holder.pk)
    return given
