"""Reports about the municipality's own people go to the trust person of the region.

They are sealed to a key of that person instead of the municipality's (meldpunt.md 6.6). Without
such a key the form says so and stores nothing: it never falls back on the colleagues.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from meldpunt.vault.encryption import HeldKey, KeyRole, SigningKey, WrapPrivateKey
from meldpunt.vault.models import KeyWrap, PublicKeyRecord
from meldpunt.vault.process_secrets import SecretsMissing
from meldpunt.vault.services.holders import chain_of, wrap_to
from meldpunt.vault.services.publishing import new_index, publish
from meldpunt.vault.services.trust import NoTrustedKey, trusted_key
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.services import record
from portal.regions.models import Municipality


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
    """Make the key, sign it, and wrap it to the trust person and the deputy.

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
    if PublicKeyRecord.objects.filter(
        municipality=municipality, role=KeyRole.TRUSTED_PERSON
    ).exists():
        raise KeyExists
    signing = next(
        (
            held.private
            for held in keys.held
            if held.municipality == municipality.pk and isinstance(held.private, SigningKey)
        ),
        None,
    )
    if signing is None:
        raise NoSigningKey
    holders = KeyWrap.objects.filter(key__municipality=municipality, key__role=KeyRole.REPORT)
    if not people or holders.filter(holder__in=people).exists():
        raise PermissionDenied
    if not all(one.may(Permission.REPORTS_WORK, at=municipality.pk) for one in people):
        raise PermissionDenied
    held = HeldKey(municipality.pk, KeyRole.TRUSTED_PERSON, WrapPrivateKey.new())
    row = publish(municipality, held.role, held.private.public(), signer=signing)
    new_index(row, held)
    for person in people:
        wrap_to(person, held)
    record(
        "key.trust_person_made",
        by=by.reference,
        subject=f"municipality:{municipality.slug}",
        details={"people": [person.reference for person in people]},
        chain=chain_of(municipality),
    )
