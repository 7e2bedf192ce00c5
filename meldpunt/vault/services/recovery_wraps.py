"""Every private key of a municipality is also wrapped to its recovery pair, if it has one."""

from meldpunt.vault.encryption import (
    RECOVERY_HOLDER,
    HeldKey,
    KeyRole,
    UnlockedKeys,
    wrap_held_key,
)
from meldpunt.vault.models import PublicKeyRecord, RecoveryKey, RecoveryWrap
from meldpunt.vault.services.trust import NoTrustedKey, verified
from portal.audit.services import record


def wrap_for_recovery(held: HeldKey) -> bool:
    """Wrap ``held`` to the recovery pair in use; say whether there is one that can be trusted."""
    pair = (
        RecoveryKey.objects.filter(key__municipality=held.municipality, key__is_current=True)
        .select_related("key__municipality")
        .first()
    )
    if pair is None:
        return False
    try:
        public = verified(pair.key)
    except NoTrustedKey:
        record(
            "key.holder_left_out",
            by="system",
            subject="recovery",
            outcome="refused",
            reason="nobody vouches for this pair",
            chain=f"gemeente:{pair.key.municipality.slug}",
        )
        return False
    row = PublicKeyRecord.objects.get(municipality=held.municipality, key_id=held.key_id)
    RecoveryWrap.objects.update_or_create(
        key=row,
        recovery=pair,
        defaults={"envelope": wrap_held_key(held, to=public, holder=RECOVERY_HOLDER)},
    )
    return True


def complete_recovery(keys: UnlockedKeys) -> int:
    """Wrap what lacks on paper of all that somebody just unlocked; the number of keys.

    The ceremony of the sheets has only the keys of who was there: a custodian and the trust person
    of the region add theirs when they next open the vault.
    """
    places = {key.municipality for key in keys.held}
    pairs = RecoveryKey.objects.filter(key__municipality__in=places, key__is_current=True)
    with_sheets = set(pairs.values_list("key__municipality", flat=True))
    if not with_sheets:
        return 0
    there = set(
        RecoveryWrap.objects.filter(recovery__in=pairs).values_list(
            "key__municipality", "key__key_id"
        )
    )
    lacking = [
        key
        for key in keys.held
        if key.municipality in with_sheets and (key.municipality, key.key_id) not in there
    ]
    return sum(wrap_for_recovery(key) for key in lacking)


def has_recovery(municipality_id: int) -> bool:
    """Whether paper sheets could bring the keys back."""
    return PublicKeyRecord.objects.filter(
        municipality=municipality_id,
        role=KeyRole.RECOVERY,
        is_current=True,
        recovery__wraps__key__role=KeyRole.REPORT,
        recovery__wraps__key__is_current=True,
    ).exists()
