from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from meldpunt.vault.encryption import KeyRole, SigningKey
from meldpunt.vault.models import PublicKeyRecord
from meldpunt.vault.services import ceremonies, holders, unlocking
from meldpunt.vault.services.readiness import vault_is_ready
from meldpunt.vault.services.trust import NoTrustedKey, trusted_key
from tests.factories.meldpunt import PASSPHRASE, ROOT, open_desk, open_zone, staff
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_after_the_ceremony_the_desk_is_open_and_the_vault_ready():
    place = MunicipalityFactory()
    open_desk(place)
    assert holders.desk_is_open(place)
    assert vault_is_ready()


def test_one_holder_is_not_enough_to_open():
    place = MunicipalityFactory()
    open_zone(place)
    with pytest.raises(ceremonies.TooFewHolders):
        ceremonies.make_municipality_keys(
            place, root=ROOT, holders=[staff(place)], custodians=[], by="system"
        )
    assert not holders.desk_is_open(place)


def test_somebody_of_another_municipality_can_not_be_a_holder():
    place, elsewhere = MunicipalityFactory(), MunicipalityFactory(name="Polderveen")
    people = [staff(place), staff(elsewhere)]
    with pytest.raises(ceremonies.TooFewHolders):
        ceremonies.make_municipality_keys(
            place, root=ROOT, holders=people, custodians=people, by="system"
        )


def test_another_root_can_not_make_keys():
    place = MunicipalityFactory()
    people = [staff(place), staff(place)]
    with pytest.raises(ceremonies.NotTheRegionRoot):
        ceremonies.make_municipality_keys(
            place, root=SigningKey.new(), holders=people, custodians=people, by="system"
        )


def test_a_swapped_public_key_is_refused_and_makes_the_vault_unready():
    place, elsewhere = MunicipalityFactory(), MunicipalityFactory(name="Polderveen")
    open_desk(place)
    open_desk(elsewhere)
    stranger = PublicKeyRecord.objects.get(municipality=elsewhere, role=KeyRole.REPORT)
    PublicKeyRecord.objects.filter(municipality=place, role=KeyRole.REPORT).update(
        record=stranger.record
    )
    with pytest.raises(NoTrustedKey):
        trusted_key(place, KeyRole.REPORT)
    assert not vault_is_ready()


def test_a_role_that_ends_closes_the_desk():
    place = MunicipalityFactory()
    first, _second = open_desk(place)
    first.memberships.update(valid_until="2020-01-01", valid_from="2019-01-01")
    assert not holders.desk_is_open(place)


def test_a_colleague_becomes_holder_when_one_asks_and_another_approves():
    place = MunicipalityFactory()
    first, second = open_desk(place)
    third = staff(place)
    admission = holders.ask_admission(third, municipality=place, by=first)
    keys = unlocking.keys_of(second, passphrase=PASSPHRASE)
    holders.approve_admission(admission, keys=keys, by=second)
    opened = unlocking.keys_of(third, passphrase=PASSPHRASE)
    assert {key.role for key in opened.held} >= {KeyRole.REPORT, KeyRole.SIGNING}


def test_who_asks_can_not_approve():
    place = MunicipalityFactory()
    first, _second = open_desk(place)
    admission = holders.ask_admission(staff(place), municipality=place, by=first)
    keys = unlocking.keys_of(first, passphrase=PASSPHRASE)
    with pytest.raises(PermissionDenied):
        holders.approve_admission(admission, keys=keys, by=first)


def test_a_colleague_who_holds_no_key_can_not_ask():
    place = MunicipalityFactory()
    open_desk(place)
    with pytest.raises(PermissionDenied):
        holders.ask_admission(staff(place), municipality=place, by=staff(place))


def test_the_commands_tell_a_municipal_officer_what_is_wrong(tmp_path):
    place = MunicipalityFactory()
    root_file = tmp_path / "root"
    root_file.write_text(ROOT.material.hex())
    people = [staff(place), staff(place, has_key=False)]
    arguments = [f"--holder={person.email}" for person in people]
    with pytest.raises(CommandError, match="no key pair yet"):
        call_command(
            "meldpunt_setup_municipality", place.slug, f"--root-key-file={root_file}", *arguments
        )
    assert not PublicKeyRecord.objects.exists()


def test_the_check_names_each_municipality():
    place = MunicipalityFactory()
    open_zone(place)
    told = StringIO()
    call_command("meldpunt_check", stdout=told)
    assert f"{place}: no keys yet." in told.getvalue()


def test_a_root_is_made_once(tmp_path):
    call_command("meldpunt_root", str(tmp_path / "root"), stdout=StringIO())
    assert (tmp_path / "root").stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError):
        call_command("meldpunt_root", str(tmp_path / "root"), stdout=StringIO())
