"""The unlocked keys of a staff member between two requests (6.6): under cookie and pepper."""

from dataclasses import dataclass
from typing import Any

from meldpunt.vault.encryption.canonical import from_base64, to_base64
from meldpunt.vault.encryption.contexts import Purpose, context
from meldpunt.vault.encryption.cookie_boxes import open_box, seal_box
from meldpunt.vault.encryption.errors import NotGenuine
from meldpunt.vault.encryption.held_keys import HeldKey, decode_private, encode_private
from meldpunt.vault.encryption.key_records import KeyRole
from meldpunt.vault.encryption.secret_bytes import IndexMaster, StaffPepper, VisitCookie


@dataclass(frozen=True)
class UnlockedIndex:
    """K_idx of one municipality; ``key_id`` is that of the municipality key that wrapped it."""

    municipality: int
    key_id: int
    master: IndexMaster


@dataclass(frozen=True)
class UnlockedKeys:
    """All that one passphrase opened."""

    held: tuple[HeldKey, ...]
    indexes: tuple[UnlockedIndex, ...] = ()

    def find(self, key_id: int) -> HeldKey | None:
        """The key that a wrap names in its header, if this person holds it."""
        return next((key for key in self.held if key.key_id == key_id), None)


def seal_unlocked(
    keys: UnlockedKeys, *, cookie: VisitCookie, pepper: StaffPepper, user: int, at: int
) -> bytes:
    """What the web session stores. ``at``: the moment of unlocking, in seconds since 1970."""
    value = {
        "held": [_held_as_json(key) for key in keys.held],
        "indexes": [
            {
                "g": index.municipality,
                "id": index.key_id,
                "k": to_base64(index.master.material),
            }
            for index in keys.indexes
        ],
    }
    where = context(Purpose.UNLOCK, user)
    return seal_box(value, cookie=cookie, pepper=pepper, where=where, at=at)


def open_unlocked(
    envelope: bytes,
    *,
    cookie: VisitCookie,
    pepper: StaffPepper,
    user: int,
    at: int,
    max_age: int,
) -> UnlockedKeys:
    """The keys again, at most ``max_age`` seconds after unlocking (8 hours; idle time is not here).

    Raises ``TooOld`` or ``CannotOpen`` by another name.
    """
    where = context(Purpose.UNLOCK, user)
    value = open_box(envelope, cookie=cookie, pepper=pepper, where=where, at=at, max_age=max_age)
    try:
        return UnlockedKeys(
            tuple(_held_from_json(fields) for fields in value["held"]),
            tuple(
                UnlockedIndex(fields["g"], fields["id"], IndexMaster(from_base64(fields["k"])))
                for fields in value["indexes"]
            ),
        )
    except (KeyError, TypeError, ValueError):
        raise NotGenuine from None


def _held_as_json(key: HeldKey) -> dict[str, Any]:
    return {
        "e": key.epoch,
        "g": key.municipality,
        "k": to_base64(encode_private(key.private)),
        "role": str(key.role),
    }


def _held_from_json(fields: dict[str, Any]) -> HeldKey:
    private = decode_private(from_base64(fields["k"]))
    return HeldKey(fields["g"], KeyRole(fields["role"]), private, fields["e"])
