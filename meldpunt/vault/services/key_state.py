"""How the keys of a municipality are doing, in a few words for the people who hold them."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.utils import timezone

from meldpunt.vault.encryption import KeyRole
from meldpunt.vault.models import PublicKeyRecord, RecoveryKey
from meldpunt.vault.services.holders import active_holders, keys_are_at_risk
from meldpunt.vault.services.recovery_wraps import has_recovery
from meldpunt.vault.services.rotation import roles_due
from meldpunt.vault.services.trust import NoTrustedKey, current_key
from portal.regions.models import Municipality


class Risk(StrEnum):
    """What would have to go wrong before nobody can read a report (meldpunt.md 6.6 and 9.1)."""

    NO_KEYS = "no_keys"
    NOBODY = "nobody"  # the form is closed
    ONE = "one"  # the form is closed to new reports until there are two
    AWAY = "away"  # two, and one of them has not been here for 60 days
    FEW = "few"  # exactly two
    NONE = "none"


@dataclass(frozen=True)
class KeyState:
    """One municipality's keys."""

    place: Municipality
    risk: Risk
    holders: int
    since: date | None = None
    must_renew: bool = False
    has_recovery: bool = False
    drill_is_due: bool = False
    signing_is_due: bool = False

    @property
    def is_danger(self) -> bool:
        """Whether the red bar stands above the page."""
        return self.risk in (Risk.NOBODY, Risk.ONE, Risk.AWAY)

    @property
    def is_notice(self) -> bool:
        """Whether there is something to do, though nothing is in danger yet."""
        return (
            self.risk is Risk.FEW
            or self.must_renew
            or not self.has_recovery
            or self.drill_is_due
            or self.signing_is_due
        )


def key_state(place: Municipality) -> KeyState:
    """The state of the keys of ``place`` today."""
    try:
        row = current_key(place, KeyRole.REPORT)
    except NoTrustedKey:
        return KeyState(place, Risk.NO_KEYS, 0)
    count = active_holders(place).count()
    return KeyState(
        place,
        _risk(place, count),
        count,
        since=row.signed.record.not_before,
        must_renew=bool(roles_due(place)),
        has_recovery=has_recovery(place.pk),
        drill_is_due=drill_is_due(place),
        signing_is_due=signing_is_due(place),
    )


def signing_is_due(place: Municipality) -> bool:
    """Whether somebody has left who knew the signing key that is in use."""
    return PublicKeyRecord.objects.filter(
        municipality=place, role=KeyRole.SIGNING, is_current=True, was_withdrawn=True
    ).exists()


def drill_is_due(place: Municipality) -> bool:
    """Whether the paper sheets were last tried longer ago than the setting allows."""
    pair = RecoveryKey.objects.filter(key__municipality=place, key__is_current=True).first()
    if pair is None:
        return False
    last = pair.drilled_on or pair.key.signed.record.not_before
    return timezone.localdate() - last > timedelta(days=settings.MELDPUNT_RECOVERY_DRILL_DAYS)


def _risk(place: Municipality, count: int) -> Risk:
    least = settings.MELDPUNT_HOLDERS_LEAST
    if count == 0:
        return Risk.NOBODY
    if count < least:
        return Risk.ONE
    if keys_are_at_risk(place):
        return Risk.AWAY
    return Risk.FEW if count == least else Risk.NONE
