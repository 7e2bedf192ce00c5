"""The half of every key that is kept apart, so that throwing it away destroys the content.

Source: meldpunt.md 6.7. Which process may do what is a rule of this class, and in production
of the database role as well. Nobody may overwrite a key.
"""

import hashlib
import os
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, connections, models, transaction
from django.utils.translation import gettext_lazy as _

ALIAS = "keystore"


class Surface(StrEnum):
    """Who asks. The reaper is no web surface: it is a command or a process of its own."""

    REPORTER = "melden"
    WORKSPACE = "werkplek"
    REAPER = "reaper"


class KeyGone(Exception):
    """There is no such key: destroyed, or never made."""


class KeyAlreadyThere(Exception):
    """A key with this id exists; it is never overwritten."""


class NotForThisSurface(Exception):
    """The process may not do that with the keystore."""


class KeystoreKey(models.Model):
    """One retention key, under the hash of report and domain. Lives in a database of its own."""

    lives_in_keystore = True

    id = models.CharField(_("id"), max_length=64, primary_key=True)
    domain = models.CharField(_("domain"), max_length=10)
    key = models.BinaryField(_("key"), max_length=32)

    class Meta:
        app_label = "meldpunt_vault"
        verbose_name = _("retention key")
        verbose_name_plural = _("retention keys")

    def __str__(self) -> str:
        return "KeystoreKey"


class KeystoreDestroyed(models.Model):
    """That a key was destroyed, under the same hash. A key with this id never comes back.

    After a restore this list says what must be destroyed once more (meldpunt.md 6.7).
    """

    lives_in_keystore = True

    id = models.CharField(_("id"), max_length=64, primary_key=True)

    class Meta:
        app_label = "meldpunt_vault"
        verbose_name = _("destroyed key")
        verbose_name_plural = _("destroyed keys")

    def __str__(self) -> str:
        return "KeystoreDestroyed"


class Keystore:
    """The keystore as one surface sees it.

    Args:
        surface: Who asks.

    Raises:
        NotForThisSurface: this process does not serve that surface.
    """

    def __init__(self, surface: Surface) -> None:
        serves = {*settings.PORTAL_SURFACES, Surface.REAPER}
        if surface not in serves:
            raise NotForThisSurface(surface)
        self.surface = surface

    def put(self, keystore_id: bytes, domain: str, material: bytes) -> None:
        """Keep a new key of 32 bytes.

        Raises:
            KeyAlreadyThere: the id is taken.
            NotForThisSurface: the reaper makes no keys.
        """
        self._refuse(Surface.REAPER)
        if self.was_destroyed(keystore_id):
            raise KeyAlreadyThere
        try:
            with transaction.atomic(using=ALIAS):
                KeystoreKey(id=keystore_id.hex(), domain=domain, key=material).save(
                    using=ALIAS, force_insert=True
                )
        except IntegrityError:
            raise KeyAlreadyThere from None

    def get(self, keystore_id: bytes) -> bytes:
        """The key, 32 bytes. The reporter's surface gets only keys of conversations.

        Raises:
            KeyGone: there is none.
            NotForThisSurface: it is another domain's, or the reaper asks.
        """
        self._refuse(Surface.REAPER)
        row = KeystoreKey.objects.using(ALIAS).filter(pk=keystore_id.hex()).first()
        if row is None:
            raise KeyGone
        if self.surface is Surface.REPORTER and row.domain != "dialogue":
            raise NotForThisSurface(row.domain)
        return bytes(row.key)

    def get_many(self, keystore_ids: list[bytes]) -> dict[bytes, bytes]:
        """The keys that are there, by id; for the list of the workspace."""
        self._refuse(Surface.REAPER, Surface.REPORTER)
        names = [keystore_id.hex() for keystore_id in keystore_ids]
        found = {}
        for start in range(0, len(names), 500):
            rows = KeystoreKey.objects.using(ALIAS).filter(pk__in=names[start : start + 500])
            some = rows.values_list("pk", "key")
            found.update({bytes.fromhex(name): bytes(key) for name, key in some})
        return found

    def is_gone(self, keystore_id: bytes) -> bool:
        """Whether there is no such key; every surface may ask."""
        return not KeystoreKey.objects.using(ALIAS).filter(pk=keystore_id.hex()).exists()

    def destroy(self, keystore_id: bytes) -> bytes | None:
        """Delete a key for good, and say which one it was.

        Returns:
            SHA-256 of ``rk/v1|`` and the key (what the audit trail kept), or ``None`` when it
            was gone already.
        """
        self._refuse(Surface.REPORTER, Surface.WORKSPACE)
        with overwriting(), transaction.atomic(using=ALIAS):
            row = KeystoreKey.objects.using(ALIAS).filter(pk=keystore_id.hex()).first()
            if row is None:
                return None
            named = hashlib.sha256(b"rk/v1|" + bytes(row.key)).digest()
            row.delete(using=ALIAS)
            KeystoreDestroyed.objects.using(ALIAS).get_or_create(pk=keystore_id.hex())
        note_outside(keystore_id)
        forget_the_log()
        return named

    def was_destroyed(self, keystore_id: bytes) -> bool:
        """Whether the list of the destroyed holds this id; every surface may ask."""
        return KeystoreDestroyed.objects.using(ALIAS).filter(pk=keystore_id.hex()).exists()

    def destroyed_among(self, keystore_ids: list[bytes]) -> set[bytes]:
        """Those of ``keystore_ids`` that were destroyed."""
        names = [keystore_id.hex() for keystore_id in keystore_ids]
        found: set[bytes] = set()
        for start in range(0, len(names), 500):
            rows = KeystoreDestroyed.objects.using(ALIAS).filter(pk__in=names[start:][:500])
            found.update(bytes.fromhex(name) for name in rows.values_list("pk", flat=True))
        return found

    def has_risen(self) -> bool:
        """Whether a key is back that was destroyed: a backup came in, and nobody went over it."""
        dead = KeystoreDestroyed.objects.using(ALIAS).values("pk")
        return KeystoreKey.objects.using(ALIAS).filter(pk__in=dead).exists()

    def remember_destroyed(self, keystore_ids: Iterable[bytes]) -> None:
        """Take over a list that was kept outside, after the keystore itself was restored."""
        self._refuse(Surface.REPORTER, Surface.WORKSPACE)
        rows = [KeystoreDestroyed(pk=keystore_id.hex()) for keystore_id in keystore_ids]
        KeystoreDestroyed.objects.using(ALIAS).bulk_create(rows, 500, ignore_conflicts=True)

    def _refuse(self, *surfaces: Surface) -> None:
        if self.surface in surfaces:
            raise NotForThisSurface(self.surface)


class overwriting:  # noqa: N801  (reads as a sentence: with overwriting())
    """Let SQLite overwrite what it deletes; PostgreSQL's volume is encrypted by itself."""

    def __enter__(self) -> None:
        if connections[ALIAS].vendor == "sqlite":
            with connections[ALIAS].cursor() as cursor:
                cursor.execute("PRAGMA secure_delete=ON")

    def __exit__(self, *raised: object) -> None:
        return None


def note_outside(keystore_id: bytes) -> None:
    """Add a line to the list outside both databases, if the settings name one.

    Only that list survives a restore of the database and the keystore on the same day.
    """
    if settings.MELDPUNT_DESTROYED_LIST:
        with Path(settings.MELDPUNT_DESTROYED_LIST).open("a", encoding="ascii") as outside:
            outside.write(keystore_id.hex() + "\n")
            outside.flush()
            os.fsync(outside.fileno())


def forget_the_log() -> None:
    """Empty SQLite's write-ahead log, which still holds the deleted page."""
    connection = connections[ALIAS]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
