"""Old keys that nothing needs any more: their last copies go (meldpunt.md 6.7)."""

from django.db import transaction
from django.db.models import Q, QuerySet

from meldpunt.vault.encryption import KeyRole
from meldpunt.vault.models import IndexMasterWrap, KeyWrap, PublicKeyRecord, RecoveryWrap
from meldpunt.vault.services.holders import chain_of
from portal.audit.services import record
from portal.regions.models import Municipality

CONTENT = (KeyRole.REPORT, KeyRole.IDENTITY)


def keys_of_content(municipality: Municipality) -> set[int]:
    """The numbers of all keys, old and new, to which content of reports is sealed here."""
    rows = PublicKeyRecord.objects.filter(municipality=municipality, role__in=CONTENT)
    return set(rows.values_list("key_id", flat=True))


def older_keys(municipality: Municipality) -> QuerySet[PublicKeyRecord]:
    """Keys of content that are in use no longer, and that somebody can still open."""
    can_be_opened = Q(pk__in=KeyWrap.objects.values("key")) | Q(
        pk__in=RecoveryWrap.objects.values("key")
    )
    return PublicKeyRecord.objects.filter(
        can_be_opened, municipality=municipality, role__in=CONTENT, is_current=False
    )


def keys_in_circles(municipality: Municipality) -> QuerySet[PublicKeyRecord]:
    """Keys of single reports from which somebody is kept away, that somebody can still open."""
    return PublicKeyRecord.objects.filter(
        Q(pk__in=KeyWrap.objects.values("key")),
        municipality=municipality,
        role=KeyRole.CIRCLE,
    )


@transaction.atomic
def retire_key(row: PublicKeyRecord) -> None:
    """Delete every copy of an old private key, and the index key that hangs under it.

    Raises:
        ValueError: the key is in use.
    """
    if row.is_current:
        raise ValueError("A key that is in use is not retired.")
    for table in (KeyWrap, RecoveryWrap, IndexMasterWrap):
        table._default_manager.filter(key=row).delete()
    record(
        "key.epoch_retired",
        by="system",
        subject=f"municipality:{row.municipality.slug}",
        details={"role": row.role, "epoch": row.epoch},
        chain=chain_of(row.municipality),
    )
