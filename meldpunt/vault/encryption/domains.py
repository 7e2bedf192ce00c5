"""The four key domains of a report, and how the two halves of a key become one (6.3, 6.4)."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from meldpunt.vault.encryption.contexts import Purpose, context
from meldpunt.vault.encryption.hpke import unwrap, wrap
from meldpunt.vault.encryption.kdf import hkdf
from meldpunt.vault.encryption.key_pairs import WrapPrivateKey, WrapPublicKey
from meldpunt.vault.encryption.secret_bytes import (
    ContentKey,
    DomainSecret,
    RetentionKey,
)


class Domain(StrEnum):
    """Who can read what: each domain has its own secret and its own retention key."""

    REPORT = "report"  # what was sent in; the reporter's code does not open it
    DIALOGUE = "dialogue"  # the conversation; staff and the reporter's code
    INTERNAL = "internal"  # index and notes; staff only, never the code
    IDENTITY = "identity"  # who reports; only the identity custodians


@dataclass(frozen=True)
class DomainPlace:
    """One domain of one report. ``municipality`` is g: the id of the holder of the keys.

    ``generation``: how often the keys were made anew, because somebody had to lose access.
    """

    report: UUID
    domain: Domain
    municipality: int
    generation: int = 0

    @property
    def keystore_id(self) -> bytes:
        """The id of the retention key in the keystore: SHA-256 of ``r|d`` or ``r|d|generation``."""
        name = f"{self.report}|{self.domain}"
        if self.generation:
            name += f"|{self.generation}"
        return hashlib.sha256(name.encode("ascii")).digest()

    @property
    def wrap_context(self) -> bytes:
        """What a wrap of this domain's secret is bound to."""
        return context(Purpose.SECRET_WRAP, self.report, self.domain, self.municipality)


@dataclass(frozen=True)
class ContentPlace:
    """The one row and version where a sealed value belongs; it opens nowhere else.

    ``table`` is a fixed word per kind of row, ``object_id`` the row's id, ``seq`` its number or
    version within the report.
    """

    within: DomainPlace
    table: str
    object_id: UUID
    seq: int = 0

    @property
    def aad(self) -> bytes:
        """``mp1|table|r|d|object-id|g|seq``."""
        return context(
            Purpose.CONTENT,
            self.table,
            self.within.report,
            self.within.domain,
            self.object_id,
            self.within.municipality,
            self.seq,
        )


def derive_content_key(
    secret: DomainSecret, retention: RetentionKey, *, place: DomainPlace
) -> ContentKey:
    """DK: the key of all content in this domain. Without either half there is no key."""
    return ContentKey(
        hkdf(
            secret.material + retention.material,
            salt=place.report.bytes,
            info=context(Purpose.CONTENT_KEY, place.domain, place.municipality),
        )
    )


def commitment(retention: RetentionKey) -> bytes:
    """What the audit chain keeps of a retention key: names it, reveals nothing. 32 bytes."""
    return hashlib.sha256(b"rk/v1|" + retention.material).digest()


def wrap_secret(secret: DomainSecret, *, to: WrapPublicKey, place: DomainPlace) -> bytes:
    """Wrap S to a key holder: a municipality, custodian, trusted-person or staff key."""
    return wrap(secret.material, to=to, context=place.wrap_context)


def unwrap_secret(envelope: bytes, *, by: WrapPrivateKey, place: DomainPlace) -> DomainSecret:
    """Give back S. Raises ``CannotOpen`` by one of its names."""
    return DomainSecret(unwrap(envelope, by=by, context=place.wrap_context))
