"""The key pair of one staff member: made at the first unlock, opened by a passphrase."""

import hashlib
import json

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from meldpunt.vault.encryption import (
    PASSPHRASE_COST,
    Argon2Cost,
    PassphraseTooWeak,
    TooBusy,
    WrapPrivateKey,
    WrongPassphrase,
    check_passphrase,
    login_fingerprint,
    new_passphrase,
    new_staff_key,
    unlock_staff_key,
)
from meldpunt.vault.models import HolderRecord, KeyWrap, StaffKeyPair
from meldpunt.vault.process_secrets import staff_pepper
from portal.accounts.models import User
from portal.audit.services import record

__all__ = [
    "PassphraseTooWeak",
    "TooBusy",
    "WrongPassphrase",
    "fingerprint_of",
    "forget_staff_key",
    "make_staff_key",
    "new_passphrase",
    "open_staff_key",
]


@transaction.atomic
def make_staff_key(user: User, *, passphrase: str) -> StaffKeyPair:
    """A new pair for ``user``. What was wrapped to an older pair is lost, on purpose.

    Raises:
        PassphraseTooWeak: fewer than five words and sixteen characters, or easily guessed.
        SecretsMissing: this process has no staff pepper.
    """
    check_passphrase(passphrase, known=[user.name, user.email])
    cost = Argon2Cost(PASSPHRASE_COST.passes, settings.MELDPUNT_PASSPHRASE_MEMORY)
    made = new_staff_key(user=user.pk, passphrase=passphrase, pepper=staff_pepper(), cost=cost)
    pair = StaffKeyPair.objects.filter(user=user).first() or StaffKeyPair(user=user)
    _forget_what_was_given(user)
    pair.take(made)
    pair.save()
    record("key.staff_key_made", by=user.reference, subject=user.reference)
    return pair


@transaction.atomic
def forget_staff_key(user: User, *, by: str) -> bool:
    """Delete a pair whose passphrase is lost, with its wraps; say whether there was one."""
    deleted, _per_table = StaffKeyPair.objects.filter(user=user).delete()
    _forget_what_was_given(user)
    if deleted:
        record("key.holder_removed", by=by, subject=user.reference, reason="passphrase lost")
    return bool(deleted)


def _forget_what_was_given(user: User) -> None:
    KeyWrap.objects.filter(holder=user).delete()
    HolderRecord.objects.filter(holder=user).delete()


def open_staff_key(user: User, *, passphrase: str) -> WrapPrivateKey:
    """The private half; takes about half a second.

    Raises:
        WrongPassphrase: it does not open, or there is no pair yet.
        TooBusy: too many people unlock at this moment.
    """
    pair = StaffKeyPair.objects.filter(user=user).first()
    if pair is None:
        raise WrongPassphrase
    return unlock_staff_key(pair.staff_key, passphrase=passphrase, pepper=staff_pepper())


def fingerprint_of(user: User) -> bytes:
    """32 bytes that change when the way this person signs in changes (meldpunt.md 6.6)."""
    factors = Authenticator.objects.filter(user=user).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    parts = [
        hashlib.sha256(json.dumps(factor.data, sort_keys=True, default=str).encode()).hexdigest()
        for factor in factors.order_by("pk")
    ]
    password = User.objects.values_list("password", flat=True).get(pk=user.pk)
    return login_fingerprint(password, *parts, user=user.pk, pepper=staff_pepper())
