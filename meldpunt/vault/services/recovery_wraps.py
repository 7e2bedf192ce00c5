"""Every private key of a municipality is also wrapped to its recovery pair, if it has one."""

from meldpunt.vault.encryption import RECOVERY_HOLDER, HeldKey, KeyRole, wrap_held_key
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


def has_recovery(municipality_id: int) -> bool:
    """Whether paper sheets could bring the keys back."""
    return PublicKeyRecord.objects.filter(
        municipality=municipality_id,
        role=KeyRole.RECOVERY,
        is_current=True,
        recovery__wraps__key__role=KeyRole.REPORT,
        recovery__wraps__key__is_current=True,
    ).exists()
