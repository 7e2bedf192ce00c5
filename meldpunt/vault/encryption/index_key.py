"""The list staff work from: small sealed blobs that open fast and die with the report (6.9)."""

from uuid import UUID

from meldpunt.vault.encryption.contexts import Purpose, context
from meldpunt.vault.encryption.domains import ContentPlace, DomainPlace
from meldpunt.vault.encryption.envelope import open_sealed, seal
from meldpunt.vault.encryption.kdf import hkdf
from meldpunt.vault.encryption.padding import pad, unpad
from meldpunt.vault.encryption.secret_bytes import ContentKey, IndexMaster, RetentionKey


def derive_index_key(
    master: IndexMaster, retention: RetentionKey, *, place: DomainPlace
) -> ContentKey:
    """The key of one report's index blob, from K_idx and RK[r,internal]."""
    return ContentKey(
        hkdf(
            master.material + retention.material,
            salt=place.report.bytes,
            info=context(Purpose.INDEX, place.municipality),
        )
    )


def derive_tombstone_key(master: IndexMaster, *, report: UUID, municipality: int) -> ContentKey:
    """The key of what outlives a report: from K_idx alone, so shredding leaves it readable."""
    info = context(Purpose.TOMBSTONE, municipality)
    return ContentKey(hkdf(master.material, salt=report.bytes, info=info))


def seal_index(blob: bytes, *, key: ContentKey, place: ContentPlace, key_id: int) -> bytes:
    """An envelope of 1,024 padded bytes for most blobs.

    ``key_id``: that of the municipality key which wrapped K_idx, so that a reader with several
    epochs picks the right K_idx. Raises ``TextTooLong``.
    """
    return seal(pad(blob), key=key, context=place.aad, key_id=key_id)


def open_index(envelope: bytes, *, key: ContentKey, place: ContentPlace, key_id: int) -> bytes:
    """The blob again. Raises ``CannotOpen`` by one of its names."""
    return unpad(open_sealed(envelope, key=key, context=place.aad, key_id=key_id))
