"""The key pair of one staff member (UK), locked with a passphrase and the staff pepper."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from meldpunt.vault.encryption.canonical import canonical_json
from meldpunt.vault.encryption.contexts import Purpose, context
from meldpunt.vault.encryption.envelope import open_sealed, seal
from meldpunt.vault.encryption.errors import NotGenuine, NotText, WrongPassphrase
from meldpunt.vault.encryption.kdf import (
    PASSPHRASE_COST,
    SALT_LENGTH,
    Argon2Cost,
    hkdf,
    slow_passphrase_hash,
)
from meldpunt.vault.encryption.key_pairs import WrapPrivateKey, WrapPublicKey
from meldpunt.vault.encryption.passphrases import as_typed
from meldpunt.vault.encryption.secret_bytes import ContentKey, StaffPepper


@dataclass(frozen=True)
class StaffKey:
    """What is stored of a staff pair; without passphrase and pepper it opens nothing.

    ``user`` is the id of the staff member, ``salt`` 16 random bytes.
    """

    user: int
    public: WrapPublicKey
    salt: bytes = field(repr=False)
    cost: Argon2Cost
    sealed_private: bytes = field(repr=False)


def new_staff_key(
    *,
    user: int,
    passphrase: str,
    pepper: StaffPepper,
    cost: Argon2Cost = PASSPHRASE_COST,
) -> StaffKey:
    """A fresh pair, locked. Check the passphrase with ``check_passphrase`` first."""
    return lock_staff_key(
        WrapPrivateKey.new(), user=user, passphrase=passphrase, pepper=pepper, cost=cost
    )


def lock_staff_key(
    private: WrapPrivateKey,
    *,
    user: int,
    passphrase: str,
    pepper: StaffPepper,
    cost: Argon2Cost = PASSPHRASE_COST,
) -> StaffKey:
    """Lock a pair that is open, for a new passphrase: wraps to the pair stay valid."""
    salt = secrets.token_bytes(SALT_LENGTH)
    public = private.public()
    key = _lock(passphrase, pepper=pepper, user=user, salt=salt, cost=cost)
    sealed = seal(
        private.material,
        key=key,
        context=context(Purpose.STAFF_KEY, user),
        key_id=public.key_id,
    )
    return StaffKey(user, public, salt, cost, sealed)


def unlock_staff_key(
    staff_key: StaffKey, *, passphrase: str, pepper: StaffPepper
) -> WrapPrivateKey:
    """The private half; takes 0.4 s and 128 MiB at the default cost.

    Raises ``WrongPassphrase``, or ``TooBusy`` when no seat comes free.
    """
    user, public = staff_key.user, staff_key.public
    try:
        key = _lock(
            passphrase,
            pepper=pepper,
            user=user,
            salt=staff_key.salt,
            cost=staff_key.cost,
        )
        material = open_sealed(
            staff_key.sealed_private,
            key=key,
            context=context(Purpose.STAFF_KEY, user),
            key_id=public.key_id,
        )
    except (NotGenuine, NotText):
        raise WrongPassphrase from None
    private = WrapPrivateKey(public.suite, material)
    if private.public() != public:
        raise NotGenuine
    return private


def login_fingerprint(*parts: str, user: int, pepper: StaffPepper) -> bytes:
    """32 bytes that change when somebody's way of signing in changes.

    ``parts``: the password hash or the SSO subject, and the second factors. Kept beside the wraps,
    so that a reset by an administrator kills the access instead of moving it (meldpunt.md 6.6).
    """
    key = hkdf(pepper.material, salt=None, info=context(Purpose.STAFF_LOGIN, user))
    return hmac.digest(key, canonical_json({"parts": list(parts)}), hashlib.sha256)


def _lock(
    passphrase: str, *, pepper: StaffPepper, user: int, salt: bytes, cost: Argon2Cost
) -> ContentKey:
    slow = slow_passphrase_hash(as_typed(passphrase), salt=salt, cost=cost)
    info = context(Purpose.STAFF_KEY, user)
    return ContentKey(hkdf(slow + pepper.material, salt=salt, info=info))
