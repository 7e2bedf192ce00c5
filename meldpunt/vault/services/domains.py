"""Sealing and opening what belongs to one key domain of one report (meldpunt.md 6.4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from uuid import UUID

from meldpunt.vault.encryption import (
    CannotOpen,
    CannotSeal,
    ContentKey,
    ContentPlace,
    Domain,
    DomainPlace,
    DomainSecret,
    Header,
    RetentionKey,
    Scratch,
    SigningKey,
    TextTooLong,
    UnlockedIndex,
    UnlockedKeys,
    WrapPublicKey,
    commitment,
    derive_content_key,
    derive_index_key,
    derive_tombstone_key,
    open_file,
    open_index,
    open_text,
    seal_file,
    seal_index,
    seal_text,
    unwrap_secret,
    wrap_secret,
)
from meldpunt.vault.keystore import KeyAlreadyThere, KeyGone, Keystore, Surface

__all__ = [
    "CannotOpen",
    "CannotSeal",
    "Domain",
    "DomainPlace",
    "DomainSecret",
    "IndexDomain",
    "KeyAlreadyThere",
    "KeyGone",
    "Keystore",
    "NoKeyForThis",
    "OpenDomain",
    "Scratch",
    "Surface",
    "TextTooLong",
    "WrapPublicKey",
    "commitment_of",
    "domain_with",
    "index_domain",
    "index_key_of",
    "is_under_newest_index",
    "make_domain",
    "open_domain",
    "own_index_domain",
    "secret_for",
    "tombstone_domain",
    "unwrap_secret",
    "wrap_secret",
]
PART, FILE = "part", "file"
OWN_INDEX = 0  # the number of no index key


class NoKeyForThis(Exception):
    """Nobody's unlocked key opens this: it is sealed to other people."""


@dataclass(frozen=True)
class OpenDomain:
    """One domain with its key at hand: seals and opens the rows that belong to it."""

    place: DomainPlace
    key: ContentKey = field(repr=False)
    secret: DomainSecret | None = field(default=None, repr=False)
    commitment: bytes = b""

    def seal(self, text: str, *, row: UUID, seq: int) -> bytes:
        """An envelope for row ``row``, the ``seq``-th of its domain.

        Raises:
            TextTooLong: more than 262,143 bytes of UTF-8.
            NotText: lone surrogates.
        """
        where = ContentPlace(self.place, table=PART, object_id=row, seq=seq)
        return seal_text(text, key=self.key, place=where)

    def open(self, envelope: bytes, *, row: UUID, seq: int) -> str:
        """The text again. Raises ``CannotOpen`` by one of its names."""
        where = ContentPlace(self.place, table=PART, object_id=row, seq=seq)
        return open_text(envelope, key=self.key, place=where)

    def seal_file(self, pieces: Iterable[bytes], *, size: int, row: UUID) -> Iterator[bytes]:
        """The envelope of file ``row``, piece by piece. Raises ``SizeMismatch``."""
        where = ContentPlace(self.place, table=FILE, object_id=row)
        return seal_file(pieces, size=size, key=self.key, place=where)

    def open_file(self, envelope: BinaryIO, *, row: UUID) -> Iterator[bytes]:
        """The file again; whole only when this ends without ``CannotOpen``."""
        where = ContentPlace(self.place, table=FILE, object_id=row)
        return open_file(envelope, key=self.key, place=where)

    def wrapped_to(self, key: WrapPublicKey) -> bytes:
        """The domain's secret for one key holder; only for a domain that was made just now."""
        if self.secret is None:
            raise NoKeyForThis
        return wrap_secret(self.secret, to=key, place=self.place)


def make_domain(
    place: DomainPlace, *, keystore: Keystore, secret: DomainSecret | None = None
) -> OpenDomain:
    """A new domain: its secret and its retention key, which goes into the keystore first.

    ``secret``: one that stays, because the reporter's code opens it and we don't know the code.

    Raises:
        KeyAlreadyThere: this report has that domain already.
    """
    secret, retention = secret or DomainSecret.new(), RetentionKey.new()
    keystore.put(place.keystore_id, place.domain, retention.material)
    key = derive_content_key(secret, retention, place=place)
    return OpenDomain(place, key, secret, commitment(retention))


def open_domain(place: DomainPlace, secret: DomainSecret, *, keystore: Keystore) -> OpenDomain:
    """The domain of a secret that somebody opened. Raises ``KeyGone`` once it is destroyed."""
    return domain_with(place, secret, keystore.get(place.keystore_id))


def domain_with(place: DomainPlace, secret: DomainSecret, retention: bytes) -> OpenDomain:
    """The same, for who has the other half at hand: a list asks for many at once."""
    key = derive_content_key(secret, RetentionKey(retention), place=place)
    return OpenDomain(place, key, secret)


def commitment_of(place: DomainPlace, keystore: Keystore) -> bytes:
    """What the trail calls the retention key of ``place``. Raises ``KeyGone``."""
    return commitment(RetentionKey(keystore.get(place.keystore_id)))


def secret_for(place: DomainPlace, wraps: Iterable[bytes], *, keys: UnlockedKeys) -> DomainSecret:
    """The domain's secret, by whichever unlocked key it was wrapped to.

    Raises:
        NoKeyForThis: none of ``keys`` fits.
        CannotOpen: a wrap was changed or moved.
    """
    for envelope in wraps:
        held = keys.find(Header.read(envelope).key_id)
        if held is not None and not isinstance(held.private, SigningKey):
            return unwrap_secret(envelope, by=held.private, place=place)
    raise NoKeyForThis


def is_under_newest_index(sealed: bytes, *, municipality: int, keys: UnlockedKeys) -> bool:
    """Whether ``sealed`` names the newest index key that is unlocked. Raises ``NoKeyForThis``."""
    newest = _index_of(municipality, keys, None)
    return Header.read(sealed).key_id == newest.key_id


def index_key_of(sealed: bytes) -> int:
    """The number of the key under whose index key ``sealed`` lies."""
    return Header.read(sealed).key_id


@dataclass(frozen=True)
class IndexDomain:
    """Seals and opens the index entry of one report under the municipality's index key."""

    place: DomainPlace
    key: ContentKey = field(repr=False)
    key_id: int

    def seal(self, blob: bytes, *, seq: int) -> bytes:
        """An envelope for version ``seq`` of the entry."""
        where = ContentPlace(self.place, table="index", object_id=self.place.report, seq=seq)
        return seal_index(blob, key=self.key, place=where, key_id=self.key_id)

    def open(self, envelope: bytes, *, seq: int) -> bytes:
        """The entry again. Raises ``CannotOpen`` by one of its names."""
        where = ContentPlace(self.place, table="index", object_id=self.place.report, seq=seq)
        return open_index(envelope, key=self.key, place=where, key_id=self.key_id)


def index_domain(
    place: DomainPlace, retention: bytes, *, keys: UnlockedKeys, sealed: bytes | None = None
) -> IndexDomain:
    """For a new entry under the newest index key, or for ``sealed`` under the key that it names.

    Raises:
        NoKeyForThis: the municipality's index key is not among ``keys``.
        CannotOpen: ``sealed`` is no envelope.
    """
    index = _index_of(place.municipality, keys, sealed)
    key = derive_index_key(index.master, RetentionKey(retention), place=place)
    return IndexDomain(place, key, index.key_id)


def own_index_domain(place: DomainPlace, secret: DomainSecret, retention: bytes) -> IndexDomain:
    """For the entry of a report with a circle of its own: the municipality's index key opens it not."""
    key = derive_content_key(secret, RetentionKey(retention), place=place)
    return IndexDomain(place, key, OWN_INDEX)


def tombstone_domain(
    place: DomainPlace, *, keys: UnlockedKeys, sealed: bytes | None = None
) -> IndexDomain:
    """For what outlives the report: sealed without a retention key (meldpunt.md 6.7)."""
    index = _index_of(place.municipality, keys, sealed)
    key = derive_tombstone_key(index.master, report=place.report, municipality=place.municipality)
    return IndexDomain(place, key, index.key_id)


def _index_of(municipality: int, keys: UnlockedKeys, sealed: bytes | None) -> UnlockedIndex:
    found = [index for index in keys.indexes if index.municipality == municipality]
    if sealed is not None:
        key_id = Header.read(sealed).key_id
        found = [index for index in found if index.key_id == key_id]
    if not found:
        raise NoKeyForThis
    return found[-1]
