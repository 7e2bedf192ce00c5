"""After new keys were made, what lies there already follows them: when staff open it.

The secret of each domain is wrapped to the new key and the old wrap is deleted; the text stays
as it is, so that even a long conversation costs a millisecond. Whoever held the old key and left
has no wrap of it any more, and finds nothing in the database that it opens (meldpunt.md 6.6).
"""

from django.db import transaction

from meldpunt.reports.models import IndexBlob, Report, SecretWrap, Tombstone
from meldpunt.reports.querysets import ReportQuerySet
from meldpunt.reports.services.closing import TOMBSTONE_SEQ, without_old_transfer
from meldpunt.reports.services.parts import place_of
from meldpunt.vault.models import PublicKeyRecord
from meldpunt.vault.services.domains import (
    CannotOpen,
    Domain,
    KeyGone,
    Keystore,
    NoKeyForThis,
    Surface,
    WrapPublicKey,
    index_domain,
    index_key_of,
    is_under_newest_index,
    secret_for,
    tombstone_domain,
    wrap_secret,
)
from meldpunt.vault.services.retiring import (
    keys_in_circles,
    keys_of_content,
    older_keys,
    retire_key,
)
from meldpunt.vault.services.trust import KeyRole, NoTrustedKey, current_key, trusted_key
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.regions.models import Municipality

AT_ONCE = 100  # so that opening the vault never waits for a whole archive


def catch_up(*, keys: UnlockedKeys) -> int:
    """Bring up to 100 reports and tombstones of each municipality to the keys in use.

    Keys that nothing needs any more are deleted. Returns how many rows were done.
    """
    done = 0
    for municipality in Municipality.objects.filter(
        pk__in={index.municipality for index in keys.indexes}
    ):
        older = list(older_keys(municipality).select_related("municipality"))
        if older:
            done += _catch_up_in(municipality, older, keys)
        retire_unused_circles(municipality)
        done += _catch_up_of_trust_person(municipality, keys)
    return done


def retire_unused_circles(municipality: Municipality) -> None:
    """Delete the keys of circles whose report is destroyed, or has newer keys."""
    circles = list(keys_in_circles(municipality).select_related("municipality"))
    if circles:
        wraps = SecretWrap.objects.filter(municipality=municipality)
        needed = set(
            wraps.filter(key_id__in=[row.key_id for row in circles]).values_list(
                "key_id", flat=True
            )
        )
        for row in circles:
            if row.key_id not in needed:
                retire_key(row)


def how_many_behind(municipality: Municipality) -> int:
    """The reports that are still sealed to an older key."""
    return _behind(municipality).count()


def is_behind(report: Report, *, keys: UnlockedKeys) -> bool:
    """Whether ``keys`` hold a newer key than the one that ``report`` is sealed to."""
    newest = [
        key.epoch
        for key in keys.held
        if key.municipality == report.municipality_id and key.role is KeyRole.REPORT
    ]
    return bool(newest) and report.epoch < max(newest)


@transaction.atomic
def reseal(report: Report, *, keys: UnlockedKeys) -> bool:
    """Bring one report to the keys in use, as far as ``keys`` open it; whether that changed it."""
    municipality = report.municipality
    try:
        newest, epoch = trusted_key(municipality, KeyRole.REPORT)
        custodians, _epoch = trusted_key(municipality, KeyRole.IDENTITY)
    except NoTrustedKey:
        return False
    ours, changed, whole = keys_of_content(municipality), False, True
    wraps = list(SecretWrap.objects.filter(report=report))
    if not any(wrap.key_id in ours for wrap in wraps):  # of the trust person: not for these keys
        report.epoch = epoch
        report.save(update_fields=["epoch"])
        return False
    for domain in {wrap.domain for wrap in wraps}:
        to = custodians if domain == Domain.IDENTITY else newest
        mine = [wrap for wrap in wraps if wrap.domain == domain]
        if any(wrap.key_id == to.key_id for wrap in mine):
            continue
        if not ours & {wrap.key_id for wrap in mine}:  # sealed to other people on purpose
            continue
        place = place_of(report, Domain(domain))
        try:
            secret = secret_for(place, [bytes(wrap.envelope) for wrap in mine], keys=keys)
        except (NoKeyForThis, CannotOpen):
            whole = whole and domain == Domain.IDENTITY
            continue
        SecretWrap.objects.create(
            report=report,
            municipality=municipality,
            domain=domain,
            key_id=to.key_id,
            envelope=wrap_secret(secret, to=to, place=place),
        )
        SecretWrap.objects.filter(pk__in=[wrap.pk for wrap in mine]).delete()
        changed = True
    if whole and _reseal_index(report, keys) and report.epoch != epoch:
        report.epoch = epoch
        report.save(update_fields=["epoch"])
        changed = True
    return changed


def _catch_up_of_trust_person(municipality: Municipality, keys: UnlockedKeys) -> int:
    """The same for reports about the municipality's own people, once their key was renewed."""
    rows = PublicKeyRecord.objects.filter(
        municipality=municipality, role=KeyRole.TRUSTED_PERSON, is_current=False
    )
    older = [row for row in rows.select_related("municipality") if keys.find(row.key_id)]
    if not older:
        return 0
    newest, _epoch = trusted_key(municipality, KeyRole.TRUSTED_PERSON)
    if keys.find(newest.key_id) is None:
        return 0
    wraps = SecretWrap.objects.filter(
        municipality=municipality, key_id__in=[row.key_id for row in older]
    )
    behind = Report.objects.get_queryset().filter(pk__in=wraps.values("report"))
    reports = list(behind.select_related("municipality").order_by("pk")[:AT_ONCE])
    for report in reports:
        _reseal_to_trust_person(report, newest, {row.key_id for row in older}, keys)
    numbers = {row.key_id for row in older}
    stones = Tombstone.objects.filter(municipality=municipality).exclude(envelope=None)
    for stone in stones.select_related("report"):
        if index_key_of(bytes(stone.envelope or b"")) in numbers:
            _reseal_tombstone(stone, keys)
    if not wraps.exists():
        for row in older:
            retire_key(row)
    return len(reports)


@transaction.atomic
def _reseal_to_trust_person(
    report: Report, newest: WrapPublicKey, older: set[int], keys: UnlockedKeys
) -> None:
    for wrap in SecretWrap.objects.filter(report=report, key_id__in=older):
        place = place_of(report, Domain(wrap.domain))
        secret = secret_for(place, [bytes(wrap.envelope)], keys=keys)
        wrap.key_id, wrap.envelope = newest.key_id, wrap_secret(secret, to=newest, place=place)
        wrap.save(update_fields=["key_id", "envelope"])
    _reseal_index(report, keys)


def _catch_up_in(
    municipality: Municipality, older: list[PublicKeyRecord], keys: UnlockedKeys
) -> int:
    behind = list(_behind(municipality)[:AT_ONCE])
    done = sum(reseal(report, keys=keys) for report in behind)
    stones = Tombstone.objects.filter(municipality=municipality).exclude(envelope=None)
    stale = _under_older_index(list(stones.select_related("report")), keys)
    for tombstone in stale[:AT_ONCE]:
        _reseal_tombstone(tombstone, keys)
        done += 1
    if len(stale) <= AT_ONCE and not _behind(municipality).exists():
        needed = set(SecretWrap.objects.filter(municipality=municipality).values_list("key_id"))
        for row in older:
            if (row.key_id,) not in needed:
                retire_key(row)
    return done


def _behind(municipality: Municipality) -> ReportQuerySet:
    epoch = current_key(municipality, KeyRole.REPORT).epoch
    behind = Report.objects.get_queryset().with_content().filter(municipality=municipality)
    return behind.filter(epoch__lt=epoch).select_related("municipality").order_by("epoch", "pk")


def _reseal_index(report: Report, keys: UnlockedKeys) -> bool:
    blob = IndexBlob.objects.filter(report=report).first()
    if blob is None or report.generation:  # its own key seals the entry of a closed circle
        return True
    sealed, place = bytes(blob.envelope), place_of(report, Domain.INTERNAL)
    try:
        if is_under_newest_index(sealed, municipality=report.municipality_id, keys=keys):
            return True
        retention = Keystore(Surface.WORKSPACE).get(place.keystore_id)
        opened = index_domain(place, retention, keys=keys, sealed=sealed).open(sealed, seq=blob.seq)
    except (NoKeyForThis, CannotOpen, KeyGone):
        return False
    again = index_domain(place, retention, keys=keys).seal(opened, seq=blob.seq + 1)
    return bool(
        IndexBlob.objects.filter(report=report, seq=blob.seq).update(
            seq=blob.seq + 1, envelope=again
        )
    )


def _under_older_index(tombstones: list[Tombstone], keys: UnlockedKeys) -> list[Tombstone]:
    try:
        return [
            stone
            for stone in tombstones
            if not is_under_newest_index(
                bytes(stone.envelope or b""), municipality=stone.municipality_id, keys=keys
            )
        ]
    except NoKeyForThis:
        return []


def _reseal_tombstone(tombstone: Tombstone, keys: UnlockedKeys) -> None:
    sealed, place = bytes(tombstone.envelope or b""), place_of(tombstone.report, Domain.INTERNAL)
    try:
        opened = tombstone_domain(place, keys=keys, sealed=sealed).open(sealed, seq=TOMBSTONE_SEQ)
    except (NoKeyForThis, CannotOpen):
        return
    tombstone.envelope = tombstone_domain(place, keys=keys).seal(
        without_old_transfer(opened), seq=TOMBSTONE_SEQ
    )
    tombstone.save(update_fields=["envelope"])
