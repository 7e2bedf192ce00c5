"""The server's side of recovery on paper: install a pair, export a case, take the result in.

What opens the case happens elsewhere, on a computer without network (``meldpunt_recover``).
Source: meldpunt.md 6.6, "Nobody left".
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from meldpunt.vault.encryption import (
    KeyRole,
    NewHolder,
    RecordRefused,
    RecoveryCase,
    RecoveryPair,
    RecoveryResult,
    UnlockedKeys,
    WrapPublicKey,
    trusted_record,
)
from meldpunt.vault.models import HolderRecord, KeyWrap, PublicKeyRecord, RecoveryKey, RecoveryWrap
from meldpunt.vault.process_secrets import region_root
from meldpunt.vault.services.holders import chain_of, public_half_of
from meldpunt.vault.services.publishing import publish
from meldpunt.vault.services.recovery_wraps import wrap_for_recovery
from meldpunt.vault.services.rotation import NotASigner
from meldpunt.vault.services.staff_keys import fingerprint_of
from meldpunt.vault.services.trust import current_key
from meldpunt.vault.services.vouching import signing_key_of
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.services import record
from portal.regions.models import Municipality


class NoRecoveryPair(Exception):
    """The ceremony of the paper sheets was not held for this municipality."""


class WrongMunicipality(Exception):
    """The file belongs to another municipality."""


class ResultRefused(Exception):
    """The result names keys or people that are not of this municipality, or nobody signed it."""


@transaction.atomic
def install_pair(
    municipality: Municipality, pair: RecoveryPair, *, keys: UnlockedKeys, by: User
) -> list[KeyRole]:
    """Put a new recovery pair in use, and wrap every unlocked key to it; older pairs open nothing.

    Returns:
        The roles of the keys that were wrapped. ``identity`` is missing when no custodian helped.

    Raises:
        WrongMunicipality: the pair was made for another one.
        NotASigner: the signing key is not unlocked.
    """
    if pair.municipality != municipality.pk:
        raise WrongMunicipality
    signing = signing_key_of(keys, municipality.pk)
    if signing is None:
        raise NotASigner
    older = PublicKeyRecord.objects.filter(municipality=municipality, role=KeyRole.RECOVERY)
    older.update(is_current=False)
    RecoveryWrap.objects.filter(key__municipality=municipality).delete()
    row = publish(
        municipality, KeyRole.RECOVERY, pair.public, signer=signing, epoch=older.count() + 1
    )
    RecoveryKey.objects.create(key=row, locked_private=pair.locked)
    held = [key for key in keys.held if key.municipality == municipality.pk]
    for key in held:
        wrap_for_recovery(key)
    _write("key.recovery_installed", municipality, by.reference)
    return sorted({key.role for key in held})


def export_case(
    municipality: Municipality, holders: Sequence[User], *, for_trust_person: bool = False
) -> RecoveryCase:
    """What the computer without network needs, to give the keys to ``holders``.

    Args:
        municipality: Whose keys.
        holders: Who will hold them; nobody for a drill.
        for_trust_person: They get the key of the trust person of the region, and no other.

    Raises:
        NoRecoveryPair: there are no paper sheets, or that key is not on them.
        NoKeyPair: somebody has not chosen a passphrase yet.
        PermissionDenied: somebody is not meldpunt staff of this municipality, or would hold both.
    """
    found = _pair_in_use(municipality)
    public = found.key.signed.record.key
    if not isinstance(public, WrapPublicKey):
        raise NoRecoveryPair
    pair = RecoveryPair(municipality.pk, public, bytes(found.locked_private))
    _require_staff(holders, municipality)
    _require_apart(holders, municipality, for_trust_person=for_trust_person)
    people = [NewHolder(one.pk, str(one), public_half_of(one)) for one in holders]
    rows = found.wraps.select_related("key").order_by("key__role", "key__epoch")
    if for_trust_person and not rows.filter(key__role=KeyRole.TRUSTED_PERSON).exists():
        raise NoRecoveryPair
    wraps = [(row.key.signed, bytes(row.envelope)) for row in rows]
    return RecoveryCase(pair, tuple(wraps), tuple(people), for_trust_person)


@transaction.atomic
def take_result(municipality: Municipality, result: RecoveryResult, *, by: str) -> list[User]:
    """Give the recovered keys to the new holders; the next unlock makes new keys for them.

    Raises:
        WrongMunicipality: the result is another municipality's.
        ResultRefused: a record is not signed by this municipality, or a key or person is unknown.
        PermissionDenied: somebody is not meldpunt staff here.
    """
    if result.municipality != municipality.pk:
        raise WrongMunicipality
    people = {}
    for signed in result.records:
        try:
            said = trusted_record(
                signed,
                signing=current_key(municipality, KeyRole.SIGNING).signed,
                root=region_root(),
                role=KeyRole.HOLDER,
                municipality=municipality.pk,
                on=timezone.localdate(),
            )
        except RecordRefused:
            raise ResultRefused("A record is not signed by this municipality.") from None
        person = User.objects.filter(pk=said.subject, is_active=True).first()
        if person is None or public_half_of(person) != said.key:
            raise ResultRefused("Somebody is unknown, or has another key pair now.")
        people[person.pk] = person
        HolderRecord.objects.update_or_create(
            municipality=municipality, holder=person, defaults={"record": signed.text}
        )
    rows = PublicKeyRecord.objects.filter(municipality=municipality)
    given = {key_id for key_id, _holder, _envelope in result.wraps}
    roles = set(rows.filter(key_id__in=given).values_list("role", flat=True))
    for_trust_person = KeyRole.TRUSTED_PERSON in roles
    if for_trust_person and len(roles) > 1:
        raise ResultRefused("Nobody holds the key of the trust person and another.")
    _require_staff(list(people.values()), municipality)
    _require_apart(list(people.values()), municipality, for_trust_person=for_trust_person)
    _write_wraps(municipality, result, people)
    rows.filter(Q(is_current=True) | Q(role=KeyRole.CIRCLE)).exclude(role=KeyRole.RECOVERY).update(
        was_withdrawn=True
    )
    for person in people.values():
        _write("key.recovered", municipality, by, subject=person.reference)
    return list(people.values())


@transaction.atomic
def note_drill(municipality: Municipality, *, by: str) -> None:
    """Remember that the sheets were tried today. Raises ``NoRecoveryPair``."""
    pair = _pair_in_use(municipality)
    pair.drilled_on = timezone.localdate()
    pair.save(update_fields=["drilled_on"])
    _write("key.recovery_drilled", municipality, by)


def _write_wraps(
    municipality: Municipality, result: RecoveryResult, people: dict[int, User]
) -> None:
    rows = {row.key_id: row for row in PublicKeyRecord.objects.filter(municipality=municipality)}
    for key_id, number, envelope in result.wraps:
        if key_id not in rows or number not in people:
            raise ResultRefused("A key or a person is not of this municipality.")
        KeyWrap.objects.update_or_create(
            key=rows[key_id],
            holder=people[number],
            defaults={
                "envelope": envelope,
                "login_fingerprint": fingerprint_of(people[number]),
                "last_unlocked_on": None,
            },
        )


def _pair_in_use(municipality: Municipality) -> RecoveryKey:
    found = RecoveryKey.objects.filter(
        key__municipality=municipality, key__is_current=True
    ).select_related("key")
    pair = found.first()
    if pair is None:
        raise NoRecoveryPair
    return pair


def _require_staff(people: Sequence[User], municipality: Municipality) -> None:
    if not all(one.may(Permission.REPORTS_WORK, at=municipality.pk) for one in people):
        raise PermissionDenied


def _require_apart(
    people: Sequence[User], municipality: Municipality, *, for_trust_person: bool
) -> None:
    """A report about the municipality's own people is read by others than the desk."""
    theirs = KeyWrap.objects.filter(key__municipality=municipality, holder__in=people)
    other = [KeyRole.REPORT, KeyRole.IDENTITY, KeyRole.SIGNING]
    if not for_trust_person:
        other = [KeyRole.TRUSTED_PERSON]
    if theirs.filter(key__role__in=other).exists():
        raise PermissionDenied


def _write(action: str, municipality: Municipality, by: str, subject: str = "") -> None:
    record(
        action,
        by=by,
        subject=subject or f"municipality:{municipality.slug}",
        chain=chain_of(municipality),
    )
