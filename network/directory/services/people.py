"""What a person says about themselves, and what they allow with it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.directory import policies
from network.directory.models import Consent, CurrentPhase, Profile, ProfileDetail
from network.directory.workflow import Channel, ConsentPhase, DetailKind, Phase, Purpose
from portal.accounts.models import User
from portal.audit.services import record
from portal.regions.models import Municipality

CONSENT_LASTS = timedelta(days=365)
MANY = ("themes", "areas", "languages")


@transaction.atomic
def save_profile(
    values: Mapping[str, Any], *, is_listed: bool, details: Mapping[str, str], by: User
) -> Profile:
    """Store the own profile; nobody can do it for another.

    Args:
        values: Function, organisation, subjects, themes, areas, languages.
        is_listed: Whether the network may find this person.
        details: Number or address by kind; an empty one is forgotten, with its consents.

    Raises:
        PermissionDenied: ``by`` is not in the network.
    """
    if not policies.can_have_profile(by):
        raise PermissionDenied
    profile = Profile.objects.filter(user=by).first() or Profile(user=by)
    for name, value in values.items():
        if name not in MANY:
            setattr(profile, name, value)
    profile.confirmed_at = timezone.now()
    profile.asked_at = None
    profile.listed_at = (profile.listed_at or timezone.now()) if is_listed else None
    profile.save()
    for name in MANY:
        if name in values:
            getattr(profile, name).set(values[name])
    for kind, value in details.items():
        _keep_detail(profile, DetailKind(kind), value)
    record("profile.changed", by=by.reference, subject=f"profile:{profile.pk}")
    return profile


def _keep_detail(profile: Profile, kind: DetailKind, value: str) -> None:
    """Another number is another thing: what was allowed with the old one is not for the new one."""
    existing = ProfileDetail.objects.filter(profile=profile, kind=kind).first()
    if existing and existing.value == value:
        return
    if existing:
        existing.delete()
    if value:
        ProfileDetail.objects.create(profile=profile, kind=kind, value=value)


@transaction.atomic
def give_consent(
    detail: ProfileDetail,
    *,
    purpose: Purpose,
    channel: Channel,
    phase: ConsentPhase,
    valid_until: date | None = None,
    by: User,
) -> Consent:
    """Allow one use of one detail, for a year unless said otherwise.

    Raises:
        PermissionDenied: The detail is not ``by``'s own.
    """
    if detail.profile.user_id != by.pk:
        raise PermissionDenied
    detail.consents.filter(purpose=purpose, channel=channel, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
    consent: Consent = detail.consents.create(
        purpose=purpose,
        channel=channel,
        phase=phase,
        valid_until=valid_until or timezone.localdate() + CONSENT_LASTS,
    )
    record(
        "consent.given",
        by=by.reference,
        subject=f"detail:{detail.pk}",
        details={"purpose": purpose, "channel": channel, "phase": phase},
    )
    return consent


@transaction.atomic
def withdraw_consents(consents: Iterable[Consent], *, by: User) -> int:
    """Take permissions back at once, everywhere; gives how many counted until now.

    Raises:
        PermissionDenied: One of them is not ``by``'s own.
    """
    done = 0
    for consent in consents:
        if consent.detail.profile.user_id != by.pk:
            raise PermissionDenied
        if consent.withdrawn_at is None:
            consent.withdrawn_at = timezone.now()
            consent.save(update_fields=["withdrawn_at"])
            record("consent.withdrawn", by=by.reference, subject=f"detail:{consent.detail_id}")
            done += 1
    return done


@transaction.atomic
def leave_directory(profile: Profile, *, by: User) -> None:
    """Let nobody find this person any more, and take every permission back.

    Raises:
        PermissionDenied: It is somebody else's profile.
    """
    if profile.user_id != by.pk:
        raise PermissionDenied
    withdraw_consents(
        Consent.objects.filter(detail__profile=profile).select_related("detail__profile"), by=by
    )
    profile.listed_at = None
    profile.save(update_fields=["listed_at"])
    record("profile.changed", by=by.reference, subject=f"profile:{profile.pk}")


@transaction.atomic
def confirm_profile(profile: Profile, *, by: User) -> None:
    """Say that the own profile is still right.

    Raises:
        PermissionDenied: It is somebody else's.
    """
    if profile.user_id != by.pk:
        raise PermissionDenied
    profile.confirmed_at = timezone.now()
    profile.asked_at = None
    profile.save(update_fields=["confirmed_at", "asked_at"])


@transaction.atomic
def set_phase(municipality: Municipality, *, phase: Phase, by: User) -> CurrentPhase:
    """Say how tense it is in a municipality.

    Raises:
        PermissionDenied: ``by`` does not keep its network.
    """
    if not policies.can_work(by, municipality.pk):
        raise PermissionDenied
    current, _made = CurrentPhase.objects.update_or_create(
        municipality=municipality,
        defaults={"phase": phase, "since": timezone.now(), "by": by},
    )
    record(
        "phase.changed", by=by.reference, subject=f"municipality:{municipality.slug}", reason=phase
    )
    return current
