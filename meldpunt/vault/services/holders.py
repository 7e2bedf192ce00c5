"""Who holds the keys of a municipality, and how a colleague becomes a holder."""

from datetime import date, timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from meldpunt.vault.encryption import (
    HeldKey,
    KeyRole,
    SigningKey,
    UnlockedKeys,
    WrapPublicKey,
    wrap_held_key,
)
from meldpunt.vault.models import HolderAdmission, KeyWrap, PublicKeyRecord, StaffKeyPair
from meldpunt.vault.services.staff_keys import fingerprint_of
from meldpunt.vault.services.vouching import vouch
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.services import record
from portal.regions.models import Municipality, Zone, ZoneSwitch

LONG_AGO = timedelta(days=60)
TODAY = date.max  # stands for the day on which it is written


class NoKeyPair(Exception):
    """The colleague has not made a key pair yet: the first unlock comes first."""


class NotUnlocked(Exception):
    """Who approves must have the keys of this municipality unlocked."""


def active_holders(municipality: Municipality) -> QuerySet[User]:
    """The people who can open reports of ``municipality`` today: a role there, and the key."""
    wraps = KeyWrap.objects.filter(
        key__municipality=municipality, key__role=KeyRole.REPORT, key__is_current=True
    )
    return User.objects.who_may(Permission.REPORTS_WORK, at=municipality.pk).filter(
        pk__in=wraps.values("holder")
    )


def desk_is_open(municipality: Municipality) -> bool:
    """Whether the form may open: the zone is on (GR-22), and two people can read what comes in."""
    switched_on = ZoneSwitch.objects.filter(
        municipality=municipality, zone=Zone.MELDPUNT, is_on=True
    )
    return switched_on.exists() and (
        active_holders(municipality).values("pk").count() >= settings.MELDPUNT_HOLDERS_LEAST
    )


def zone_must_be_confirmed(municipality: Municipality) -> bool:
    """Whether the DPIA was last confirmed more than a year ago (GR-22); the form stays open."""
    a_year_ago = timezone.localdate() - timedelta(days=365)
    return ZoneSwitch.objects.filter(
        municipality=municipality, zone=Zone.MELDPUNT, is_on=True, confirmed_on__lt=a_year_ago
    ).exists()


def open_desks() -> list[Municipality]:
    """The municipalities whose form is open, by name; known for half a minute."""
    known = cache.get("meldpunt-open")
    if known is None:
        switched_on = ZoneSwitch.objects.filter(zone=Zone.MELDPUNT, is_on=True)
        places = Municipality.objects.filter(pk__in=switched_on.values("municipality"))
        known = [place.pk for place in places if desk_is_open(place)]
        cache.set("meldpunt-open", known, 30)
    return list(Municipality.objects.filter(pk__in=known))


def keys_are_at_risk(municipality: Municipality) -> bool:
    """Two holders or fewer, of whom one has not unlocked for 60 days (meldpunt.md 6.6)."""
    holders = list(active_holders(municipality).values_list("pk", flat=True))
    recent = KeyWrap.objects.filter(
        key__municipality=municipality,
        key__role=KeyRole.REPORT,
        key__is_current=True,
        holder__in=holders,
        last_unlocked_on__gte=timezone.localdate() - LONG_AGO,
    )
    least = settings.MELDPUNT_HOLDERS_LEAST
    return len(holders) < least or (len(holders) == least and recent.count() < least)


@transaction.atomic
def ask_admission(candidate: User, *, municipality: Municipality, by: User) -> HolderAdmission:
    """Propose a colleague as holder.

    Raises:
        NoKeyPair: the colleague has no key pair yet.
        PermissionDenied: one of the two does not work at this meldpunt, or ``by`` holds no key.
    """
    if not StaffKeyPair.objects.filter(user=candidate).exists():
        raise NoKeyPair
    if not _may_work(candidate, municipality) or by == candidate:
        raise PermissionDenied
    if by not in active_holders(municipality):
        raise PermissionDenied
    admission, _new = HolderAdmission.objects.get_or_create(
        municipality=municipality,
        candidate=candidate,
        approved_by=None,
        defaults={"asked_by": by},
    )
    _write("key.holder_asked", municipality, candidate, by)
    return admission


@transaction.atomic
def approve_admission(admission: HolderAdmission, *, keys: UnlockedKeys, by: User) -> None:
    """Be the second holder, and wrap every key that ``by`` holds there to the colleague.

    Those of single reports come when somebody opens them, who sees whom they are kept from.

    Raises:
        PermissionDenied: ``by`` asked for it, is the colleague, or holds no key there.
        NotUnlocked: ``by`` has not unlocked these keys.
    """
    municipality, candidate = admission.municipality, admission.candidate
    if by.pk in (admission.asked_by_id, admission.candidate_id):
        raise PermissionDenied
    if by not in active_holders(municipality) or not _may_work(candidate, municipality):
        raise PermissionDenied
    held = [
        key
        for key in keys.held
        if key.municipality == municipality.pk and key.role is not KeyRole.CIRCLE
    ]
    if not held:
        raise NotUnlocked
    for key in held:
        wrap_to(candidate, key)
        if isinstance(key.private, SigningKey):
            vouch(candidate, public_half_of(candidate), signing=key)
    admission.approved_by = by
    admission.save(update_fields=["approved_by"])
    _write("key.holder_added", municipality, candidate, by)


def public_half_of(holder: User) -> WrapPublicKey:
    """To whom keys of ``holder`` are wrapped. Raises ``NoKeyPair``."""
    pair = StaffKeyPair.objects.filter(user=holder).first()
    if pair is None:
        raise NoKeyPair
    return pair.public_key


def wrap_to(holder: User, held: HeldKey, *, last_unlocked_on: date | None = TODAY) -> KeyWrap:
    """Give ``holder`` a wrap of one private key.

    Args:
        last_unlocked_on: The day that the holder was last seen; today for a new one.

    Raises:
        NoKeyPair: ``holder`` has no key pair yet.
    """
    public = public_half_of(holder)
    row = PublicKeyRecord.objects.get(municipality=held.municipality, key_id=held.key_id)
    wrap, _new = KeyWrap.objects.update_or_create(
        key=row,
        holder=holder,
        defaults={
            "envelope": wrap_held_key(held, to=public, holder=holder.pk),
            "login_fingerprint": fingerprint_of(holder),
            "last_unlocked_on": timezone.localdate()
            if last_unlocked_on is TODAY
            else last_unlocked_on,
        },
    )
    return wrap


def note_unlocked(user: User, *, on: date) -> None:
    """Remember the day, so that a holder who never comes shows."""
    KeyWrap.objects.filter(holder=user).update(last_unlocked_on=on)


def _may_work(user: User, municipality: Municipality) -> bool:
    return user.may(Permission.REPORTS_WORK, at=municipality.pk)


def _write(action: str, municipality: Municipality, candidate: User, by: User) -> None:
    record(
        action,
        by=by.reference,
        subject=candidate.reference,
        chain=chain_of(municipality),
    )


def chain_of(municipality: Municipality) -> str:
    """The audit chain of a municipality (meldpunt.md 6.10: one chain each)."""
    return f"gemeente:{municipality.slug}"
