"""Boxes that only the holder of a cookie can open: a dump of the server is no use without it."""

from typing import Any

from meldpunt.vault.encryption.canonical import canonical_json, read_canonical
from meldpunt.vault.encryption.contexts import Purpose, context
from meldpunt.vault.encryption.envelope import open_sealed, seal
from meldpunt.vault.encryption.errors import NotGenuine, TooOld
from meldpunt.vault.encryption.kdf import hkdf
from meldpunt.vault.encryption.padding import pad, unpad
from meldpunt.vault.encryption.secret_bytes import (
    ContentKey,
    StaffPepper,
    VisitCookie,
    WebPepper,
)


def seal_box(
    value: dict[str, Any],
    *,
    cookie: VisitCookie,
    pepper: WebPepper | StaffPepper | None,
    where: bytes,
    at: int,
) -> bytes:
    """Seal a JSON object, padded, with the moment ``at`` (seconds since 1970) inside."""
    boxed = pad(canonical_json({"at": at, "value": value}))
    return seal(boxed, key=_box_key(cookie, pepper, where), context=where)


def open_box(
    envelope: bytes,
    *,
    cookie: VisitCookie,
    pepper: WebPepper | StaffPepper | None,
    where: bytes,
    at: int,
    max_age: int,
) -> dict[str, Any]:
    """The object again, if the box is at most ``max_age`` seconds old at the moment ``at``.

    Raises ``TooOld``, also for a box from the future, or ``CannotOpen`` by another name.
    """
    boxed = unpad(open_sealed(envelope, key=_box_key(cookie, pepper, where), context=where))
    try:
        box = read_canonical(boxed)
        sealed_at, value = int(box["at"]), dict(box["value"])
    except (ValueError, KeyError, TypeError):
        raise NotGenuine from None
    if not 0 <= at - sealed_at <= max_age:
        raise TooOld
    return value


def _box_key(
    cookie: VisitCookie, pepper: WebPepper | StaffPepper | None, where: bytes
) -> ContentKey:
    purpose = Purpose(where.split(b"|", 1)[0].decode("ascii"))
    material = cookie.material + (pepper.material if pepper else b"")
    return ContentKey(hkdf(material, salt=None, info=context(purpose)))
