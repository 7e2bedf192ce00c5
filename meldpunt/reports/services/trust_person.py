"""Reports about the municipality's own people go to the trust person of the region.

They are sealed to a key of that person instead of the municipality's (meldpunt.md 6.6). Without
such a key the form says so and stores nothing: it never falls back on the colleagues.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from meldpunt.vault.encryption import HeldKey, KeyRole, WrapPrivateKey
from meldpunt.vault.models import KeyWrap, PublicKeyRecord
from meldpunt.vault.process_secrets import SecretsMissing
from meldpunt.vault.services.holders import chain_of, wrap_to
from meldpunt.vault.services.publishing import new_index, publish
from meldpunt.vault.services.recovery_wraps import wrap_for_recovery
from meldpunt.vault.services.trust import NoTrustedKey, current_key, trusted_key
from meldpunt.vault.services.unlocking import UnlockedKeys
from meldpunt.vault.services.vouching import signing_key_of
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.services import record
from portal.regions.models import Municipality

__all__ = [
    "KeyExists",
    "NoSigningKey",
    "NoTrustedKey",
    "has_trust_person",
    "make_trust_person_key",
    "renew_trust_person_key",
]


class KeyExists(Exception):
    """There is a trust person's key here already."""


class NoSigningKey(Exception):
    """Who makes the key has not unlocked the signing key of this municipality."""


def has_trust_person(municipality: Municipality) -> bool:
    """Whether such a report can be taken in here."""
    try:
        trusted_key(municipality, KeyRole.TRUSTED_PERSON)
    except (NoTrustedKey, SecretsMissing):
        return False
    return True


@transaction.atomic
def make_trust_person_key(
    municipality: Municipality, *, people: list[User], keys: UnlockedKeys, by: User
) -> None:
    """Make the key, sign it, and wrap it to the trust person and the deputy, and to the paper sheets.

    Args:
        municipality: Whose reports about staff they read.
        people: Who will hold it: with a role at the desk, and none of them a holder there.
        keys: What a holder of ``municipality`` unlocked; its signing key vouches.
        by: That holder.

    Raises:
        KeyExists: it was made before.
        NoSigningKey: ``keys`` hold no signing key of this municipality.
        PermissionDenied: somebody has no role here, or holds the municipality's own key.
        NoKeyPair: somebody has not opened the vault for the first time.
    """
    if _rows(municipality).exists():
        raise KeyExists
    _make(municipality, people, keys, by)


@transaction.atomic
def renew_trust_person_key(
    municipality: Municipality, *, people: list[User], keys: UnlockedKeys, by: User
) -> None:
    """Make the next key, because one of them left or the paper sheets were used.

    What lies there follows when one of ``people`` who holds the old key opens the vault.

    Raises:
        NoTrustedKey: there is none yet.
        NoSigningKey, PermissionDenied, NoKeyPair: as for the first one.
    """
    old = current_key(municipality, KeyRole.TRUSTED_PERSON)
    old.is_current = False
    old.save(update_fields=["is_current"])
    _make(municipality, people, keys, by, epoch=old.epoch + 1)


def _make(
    municipality: Municipality, people: list[User], keys: UnlockedKeys, by: User, *, epoch: int = 0
) -> None:
    signing = signing_key_of(keys, municipality.pk)
    if signing is None:
        raise NoSigningKey
    holders = KeyWrap.objects.filter(key__municipality=municipality, key__role=KeyRole.REPORT)
    if not people or holders.filter(holder__in=people).exists():
        raise PermissionDenied
    if not all(one.may(Permission.REPORTS_WORK, at=municipality.pk) for one in people):
        raise PermissionDenied
    held = HeldKey(municipality.pk, KeyRole.TRUSTED_PERSON, WrapPrivateKey.new(), epoch)
    row = publish(municipality, held.role, held.private.public(), signer=signing, epoch=epoch)
    new_index(row, held)
    for person in people:
        wrap_to(person, held)
    wrap_for_recovery(held)
    record(
        "key.trust_person_made",
        by=by.reference,
        subject=f"municipality:{municipality.slug}",
        details={"people": [person.reference for person in people]},
        chain=chain_of(municipality),
    )


def _rows(municipality: Municipality) -> QuerySet[PublicKeyRecord]:
    return PublicKeyRecord.objects.filter(municipality=municipality, role=KeyRole.TRUSTED_PERSON)
