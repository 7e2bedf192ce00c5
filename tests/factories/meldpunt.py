"""The meldpunt of the tests: keys, holders and passphrases of a municipality."""

from datetime import date

from meldpunt.vault.encryption import SigningKey
from meldpunt.vault.services.ceremonies import make_municipality_keys
from meldpunt.vault.services.staff_keys import make_staff_key
from portal.regions.models import Area, Zone, ZoneSwitch
from tests.factories.accounts import UserFactory

ROOT = SigningKey(bytes(range(32)))
PASSPHRASE = "lantaarn fluit zwaluw kompas gember"


def staff(municipality, *, has_key=True):
    """Somebody of the meldpunt of ``municipality``, with a key pair."""
    person = UserFactory(roles=["meldpuntmedewerker"], roles__at=municipality)
    if has_key:
        make_staff_key(person, passphrase=PASSPHRASE)
    return person


def open_zone(municipality):
    """The zone is on, with the fields of GR-22, and there is an area to choose."""
    ZoneSwitch.objects.create(
        municipality=municipality,
        zone=Zone.MELDPUNT,
        is_on=True,
        dpia_reference="DPIA (fictief)",
        dpo_advice_on=date(2026, 1, 1),
        process_owner="Teamleider (fictief)",
        confirmed_on=date(2026, 1, 2),
    )
    return Area.objects.get_or_create(
        municipality=municipality, slug="haven", defaults={"name": "Havenkwartier"}
    )[0]


def open_desk(municipality):
    """A meldpunt with keys and two holders. Returns the two."""
    open_zone(municipality)
    holders = [staff(municipality), staff(municipality)]
    make_municipality_keys(
        municipality, root=ROOT, holders=holders, custodians=holders, by="system"
    )
    return holders
