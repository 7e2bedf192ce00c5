"""The key of one report from which somebody is kept away: for everybody else who may hold it."""

from collections.abc import Collection

from django.db.models import Max

from meldpunt.vault.encryption import HeldKey, KeyRole, UnlockedKeys, WrapPrivateKey, WrapPublicKey
from meldpunt.vault.models import KeyWrap, PublicKeyRecord
from meldpunt.vault.services.holders import wrap_to
from meldpunt.vault.services.publishing import publish
from meldpunt.vault.services.recovery_wraps import wrap_for_recovery
from meldpunt.vault.services.rotation import NotASigner
from meldpunt.vault.services.vouching import is_vouched_for, signing_key_of
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.regions.models import Municipality


def people_for_circle(
    municipality: Municipality, role: KeyRole, *, but: Collection[int]
) -> list[User]:
    """Who holds the key of ``role`` that is in use, works here today and is vouched for."""
    holding = KeyWrap.objects.filter(
        key__municipality=municipality, key__role=role, key__is_current=True
    )
    staff = User.objects.who_may(Permission.REPORTS_WORK, at=municipality.pk)
    found = staff.filter(pk__in=holding.values("holder")).exclude(pk__in=but).order_by("pk")
    return [person for person in found if is_vouched_for(person, municipality)]


def make_circle_key(
    municipality: Municipality, *, people: Collection[User], keys: UnlockedKeys
) -> tuple[HeldKey, WrapPublicKey]:
    """A new key and its public half: signed, and wrapped to ``people`` and to the paper sheets.

    Raises:
        NotASigner: the signing key is not unlocked.
    """
    signing = signing_key_of(keys, municipality.pk)
    if signing is None:
        raise NotASigner
    older = PublicKeyRecord.objects.filter(municipality=municipality, role=KeyRole.CIRCLE)
    epoch = (older.aggregate(last=Max("epoch"))["last"] or 0) + 1
    private = WrapPrivateKey.new()
    public = private.public()
    circle = HeldKey(municipality.pk, KeyRole.CIRCLE, private, epoch)
    publish(
        municipality,
        KeyRole.CIRCLE,
        public,
        signer=signing,
        epoch=epoch,
        is_current=False,
    )
    share_circle_key(circle, people)
    wrap_for_recovery(circle)
    return circle, public


def share_circle_key(circle: HeldKey, people: Collection[User]) -> None:
    """Wrap it to those of ``people`` who lack it."""
    have = KeyWrap.objects.filter(
        key__municipality=circle.municipality, key__key_id=circle.key_id
    ).values_list("holder", flat=True)
    for person in people:
        if person.pk not in set(have):
            wrap_to(person, circle, last_unlocked_on=None)
