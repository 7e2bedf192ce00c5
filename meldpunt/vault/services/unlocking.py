"""Opening and closing the vault for one staff member (meldpunt.md 6.6, "Login is not unlock").

The web session keeps the opened keys only under a cookie that it does not know itself.
"""

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from meldpunt.vault.encryption import (
    CannotOpen,
    HeldKey,
    KeyRole,
    SigningKey,
    UnlockedIndex,
    UnlockedKeys,
    VisitCookie,
    WrapPrivateKey,
    open_unlocked,
    seal_unlocked,
    unwrap_held_key,
    unwrap_index_master,
)
from meldpunt.vault.models import IndexMasterWrap, KeyWrap
from meldpunt.vault.process_secrets import staff_pepper
from meldpunt.vault.services.holders import note_unlocked
from meldpunt.vault.services.recovery_wraps import complete_recovery
from meldpunt.vault.services.rotation import rotate_what_is_due
from meldpunt.vault.services.staff_keys import (
    WrongPassphrase,
    fingerprint_of,
    open_staff_key,
)
from meldpunt.vault.services.vouching import vouch_for_oneself
from portal.accounts.models import User
from portal.audit.services import record

__all__ = [
    "HeldKey",
    "Locked",
    "NoKeysYet",
    "SignInChanged",
    "TooManyTries",
    "UnlockedKeys",
    "VisitCookie",
    "keep_keys",
    "keys_of",
    "lock",
    "open_keys",
    "private_key_of",
    "seconds_left",
    "unlock",
]
BOX, SEEN_AT = "kluis", "kluis_gezien"
QUARTER = 15 * 60
Session = Any  # Django's session: a dictionary that is saved


class Locked(Exception):
    """The vault is closed: never opened, locked, idle for too long, or open for a whole day."""


class TooManyTries(Exception):
    """Too many wrong passphrases; wait a quarter of an hour."""


class NoKeysYet(Exception):
    """The passphrase is right, and no holder has given this person a key yet."""


class SignInChanged(Exception):
    """Password or second factor changed outside the vault; a holder must grant again."""


def unlock(user: User, *, passphrase: str, session: Session) -> VisitCookie:
    """Open the vault and leave the keys, sealed, in ``session``.

    Returns:
        The value for the cookie; without it the session's box stays closed.

    Raises:
        WrongPassphrase, TooManyTries, TooBusy, SecretsMissing.
        NoKeysYet: no key is wrapped to this person.
        SignInChanged: the wraps died with the old way of signing in.
    """
    keys = keys_of(user, passphrase=passphrase)
    with transaction.atomic():
        note_unlocked(user, on=timezone.localdate())
        record("vault.unlocked", by=user.reference, precision="hour")
        keys = rotate_what_is_due(user, keys=keys)
        complete_recovery(keys)
    session.cycle_key()
    cache.delete(_tries(user))
    return keep_keys(user, keys=keys, session=session)


def keep_keys(user: User, *, keys: UnlockedKeys, session: Session) -> VisitCookie:
    """Leave ``keys``, sealed, in ``session``; the value for a new cookie."""
    cookie = VisitCookie.new()
    now = int(time.time())
    box = seal_unlocked(keys, cookie=cookie, pepper=staff_pepper(), user=user.pk, at=now)
    session[BOX], session[SEEN_AT] = box.hex(), now
    return cookie


def keys_of(user: User, *, passphrase: str) -> UnlockedKeys:
    """What a passphrase opens, without a web session. Raises as ``unlock`` does."""
    return _unwrapped(user, private_key_of(user, passphrase=passphrase))


def private_key_of(user: User, *, passphrase: str) -> WrapPrivateKey:
    """The own pair of ``user``, and no key of a municipality; each wrong try counts.

    Raises:
        WrongPassphrase, TooManyTries, TooBusy.
    """
    _require_tries_left(user)
    try:
        return open_staff_key(user, passphrase=passphrase)
    except WrongPassphrase:
        _count_try(user)
        record("vault.unlock_failed", by=user.reference, outcome="refused")
        raise


def open_keys(user: User, *, cookie: str, session: Session) -> UnlockedKeys:
    """The keys of an unlocked vault; counts as activity.

    Raises:
        Locked: it is closed.
    """
    now = int(time.time())
    if seconds_left(session) <= 0:
        session.pop(BOX, None)
        raise Locked
    try:
        keys = open_unlocked(
            bytes.fromhex(session[BOX]),
            cookie=VisitCookie.from_text(cookie),
            pepper=staff_pepper(),
            user=user.pk,
            at=now,
            max_age=settings.MELDPUNT_UNLOCK_LONGEST,
        )
    except (KeyError, ValueError, CannotOpen):
        session.pop(BOX, None)
        raise Locked from None
    if not _are_in_use(user, keys):
        session.pop(BOX, None)
        raise Locked
    if now - session[SEEN_AT] >= 20:  # a write per request is a high price for a few seconds
        session[SEEN_AT] = now
    return keys


def _are_in_use(user: User, keys: UnlockedKeys) -> bool:
    """Whether ``keys`` are what this person holds: none was taken away, and none is newer."""
    held = {(key.municipality, key.key_id) for key in keys.held}
    now = set(
        KeyWrap.objects.filter(
            Q(key__is_current=True) | Q(key__role=KeyRole.CIRCLE), holder=user
        ).values_list("key__municipality", "key__key_id")
    )
    return now <= held and {place for place, _key in held} == {place for place, _key in now}


def seconds_left(session: Session) -> int:
    """How long the vault stays open without activity, in seconds."""
    if BOX not in session:
        return 0
    return int(session.get(SEEN_AT, 0)) + settings.MELDPUNT_UNLOCK_IDLE - int(time.time())


def lock(user: User, *, session: Session) -> None:
    """Close the vault."""
    if session.pop(BOX, None) is not None:
        session.pop(SEEN_AT, None)
        session.cycle_key()
        record("vault.locked", by=user.reference, precision="hour")


def _unwrapped(user: User, private: WrapPrivateKey) -> UnlockedKeys:
    wraps = list(KeyWrap.objects.filter(holder=user).select_related("key__municipality"))
    if not wraps:
        raise NoKeysYet
    fingerprint = fingerprint_of(user)
    if any(bytes(wrap.login_fingerprint) != fingerprint for wrap in wraps):
        KeyWrap.objects.filter(holder=user).delete()
        record("key.holder_removed", by="system", subject=user.reference, reason="sign-in changed")
        raise SignInChanged
    held = tuple(
        unwrap_held_key(
            bytes(wrap.envelope), by=private, record=wrap.key.signed.record, holder=user.pk
        )
        for wrap in wraps
    )
    held = tuple(sorted(held, key=lambda key: key.epoch))  # the newest last
    keys = UnlockedKeys(held, tuple(_indexes(held)))
    vouch_for_oneself(user, public=private.public(), keys=keys)
    return keys


def _indexes(held: tuple[HeldKey, ...]) -> list[UnlockedIndex]:
    places = {key.municipality for key in held}
    wraps = {
        (wrap.key.municipality_id, wrap.key.key_id): bytes(wrap.envelope)
        for wrap in IndexMasterWrap.objects.filter(key__municipality__in=places).select_related(
            "key"
        )
    }
    found = []
    for key in held:
        envelope = wraps.get((key.municipality, key.key_id))
        if envelope is None or isinstance(key.private, SigningKey):
            continue
        master = unwrap_index_master(envelope, by=key.private, municipality=key.municipality)
        found.append(UnlockedIndex(key.municipality, key.key_id, master))
    return found


def _tries(user: User) -> str:
    return f"kluis-pogingen:{user.pk}"


def _require_tries_left(user: User) -> None:
    if int(cache.get(_tries(user), 0)) >= settings.MELDPUNT_UNLOCK_TRIES:
        record("vault.unlock_failed", by=user.reference, outcome="refused", reason="too many")
        raise TooManyTries


def _count_try(user: User) -> None:
    if not cache.add(_tries(user), 1, QUARTER):
        cache.incr(_tries(user))
