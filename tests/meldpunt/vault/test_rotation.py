import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from meldpunt.vault.encryption import KeyRole, WrapPrivateKey
from meldpunt.vault.models import (
    HolderRecord,
    HolderWithdrawal,
    KeyWrap,
    PublicKeyRecord,
    StaffKeyPair,
)
from meldpunt.vault.services import holders, leaving, rotation, unlocking
from meldpunt.vault.services.trust import current_key, trusted_key
from portal.accounts.services import end_role
from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import PASSPHRASE, browser, open_desk, staff
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.fixture
def place():
    return MunicipalityFactory()


@pytest.fixture
def three(place):
    """Three holders: the third was admitted by the other two."""
    first, second = open_desk(place)
    third = staff(place)
    admit(third, place, first, second)
    return first, second, third


def admit(candidate, place, first, second):
    admission = holders.ask_admission(candidate, municipality=place, by=first)
    holders.approve_admission(admission, keys=keys_of(second), by=second)


def keys_of(person):
    person.__dict__.pop("valid_memberships", None)
    return unlocking.keys_of(person, passphrase=PASSPHRASE)


def epoch_of(place):
    return current_key(place, KeyRole.REPORT).epoch


def opened(person):
    session = SessionStore()
    cookie = unlocking.unlock(person, passphrase=PASSPHRASE, session=session)
    return cookie.text, session


def test_a_new_quarter_gives_a_new_key_to_every_holder_at_the_next_unlock(place):
    with time_machine.travel("2026-09-30 10:00"):
        first, second = open_desk(place)
        opened(first)
        assert epoch_of(place) == 1
    with time_machine.travel("2026-10-01 10:00"):
        cookie, session = opened(first)
        assert epoch_of(place) == 2
        opened(second)
        assert epoch_of(place) == 2
        mine = unlocking.open_keys(first, cookie=cookie, session=session)
        newest, _epoch = trusted_key(place, KeyRole.REPORT)
        assert mine.find(newest.key_id)
        assert keys_of(second).find(newest.key_id)
        assert len(keys_of(second).indexes) == 2


def test_a_rotation_does_not_make_an_absent_holder_look_present(place):
    with time_machine.travel("2026-07-01 10:00"):
        first, _absent = open_desk(place)
    with time_machine.travel("2026-10-01 10:00"):
        opened(first)
        assert holders.keys_are_at_risk(place)


def test_a_leaver_loses_the_keys_and_the_next_key_when_two_holders_agree(place, three):
    first, second, leaver = three
    withdrawal = leaving.ask_withdrawal(leaver, municipality=place, by=first)
    keys = leaving.approve_withdrawal(withdrawal, keys=keys_of(second), by=second)
    assert epoch_of(place) == 2
    assert keys.find(trusted_key(place, KeyRole.REPORT)[0].key_id)
    with pytest.raises(unlocking.NoKeysYet):
        keys_of(leaver)
    assert not HolderRecord.objects.filter(holder=leaver).exists()
    assert list(holders.active_holders(place)) == [first, second]


def test_who_asks_a_withdrawal_can_not_agree_and_nor_can_the_leaver(place, three):
    first, _second, leaver = three
    withdrawal = leaving.ask_withdrawal(leaver, municipality=place, by=first)
    for person in (first, leaver):
        with pytest.raises(PermissionDenied):
            leaving.approve_withdrawal(withdrawal, keys=keys_of(person), by=person)
    assert epoch_of(place) == 1


def test_a_stranger_can_not_ask_a_withdrawal(place, three):
    elsewhere = MunicipalityFactory(name="Polderveen")
    stranger, _other = open_desk(elsewhere)
    with pytest.raises(PermissionDenied):
        leaving.ask_withdrawal(three[2], municipality=place, by=stranger)


def test_the_last_two_holders_can_not_withdraw_each_other(place):
    first, second = open_desk(place)
    with pytest.raises(leaving.TooFewLeft):
        leaving.ask_withdrawal(second, municipality=place, by=first)


def test_a_role_that_is_ended_takes_the_keys_at_once(place, three):
    first, second, leaver = three
    cookie, session = opened(leaver)
    manager = UserFactory(roles=["functioneel-beheerder"])
    end_role(leaver.memberships.get(), by=manager)
    assert not KeyWrap.objects.filter(holder=leaver).exists()
    with pytest.raises(unlocking.Locked):
        unlocking.open_keys(leaver, cookie=cookie, session=session)
    opened(first)
    assert epoch_of(place) == 2
    assert current_key(place, KeyRole.SIGNING).was_withdrawn


def test_a_role_that_runs_out_takes_the_keys_within_the_hour(place, three):
    leaver = three[2]
    leaver.memberships.update(valid_from="2020-01-01", valid_until="2020-12-31")
    call_command("meldpunt_leavers", verbosity=0)
    assert not KeyWrap.objects.filter(holder=leaver).exists()
    assert AuditEvent.objects.filter(action="key.holder_removed", reason="role ended").exists()


def test_a_colleague_with_an_open_vault_types_the_passphrase_again_after_a_rotation(place):
    first, second = open_desk(place)
    cookie, session = opened(second)
    rotation.rotate_keys(place, keys=keys_of(first), by=first)
    with pytest.raises(unlocking.Locked):
        unlocking.open_keys(second, cookie=cookie, session=session)


def test_a_pair_that_somebody_swapped_in_the_database_gets_no_new_key(place):
    first, second = open_desk(place)
    thief = WrapPrivateKey.new().public()
    StaffKeyPair.objects.filter(user=second).update(public=thief.material)
    rotation.rotate_keys(place, keys=keys_of(first), by=first)
    newest = current_key(place, KeyRole.REPORT)
    assert [wrap.holder for wrap in newest.wraps.all()] == [first]
    assert AuditEvent.objects.filter(action="key.holder_left_out").count() == 2


def test_a_holder_without_the_signing_key_can_not_rotate(place):
    open_desk(place)
    stranger, _other = open_desk(MunicipalityFactory(name="Polderveen"))
    with pytest.raises(rotation.NotASigner):
        rotation.rotate_keys(place, keys=keys_of(stranger), by=stranger)
    assert PublicKeyRecord.objects.filter(municipality=place, role=KeyRole.REPORT).count() == 1


SCREEN = "/werkplek/meldingen/sleutels/"


def test_two_holders_remove_a_third_on_the_screen(place, three):
    first, second, leaver = three
    asking, agreeing = browser(first, unlocked=True), browser(second, unlocked=True)
    wanted = {"gemeente": place.slug, "wie": leaver.public_id}
    assert asking.post(f"{SCREEN}vertrek/", wanted).status_code == 302
    withdrawal = HolderWithdrawal.objects.get()
    own = asking.post(f"{SCREEN}vertrek/{withdrawal.pk}/akkoord/")
    assert own.status_code == 404
    assert "stelt voor om" in agreeing.get(SCREEN).content.decode()
    agreeing.post(f"{SCREEN}vertrek/{withdrawal.pk}/akkoord/")
    assert epoch_of(place) == 2
    assert agreeing.get(SCREEN).status_code == 200  # the vault of who agreed stays open
    assert asking.get(SCREEN).status_code == 302  # a colleague types the passphrase again


def test_the_screen_of_the_vault_shows_the_key_risk_before_it_is_open(place):
    with time_machine.travel("2026-09-01"):
        first, _absent = open_desk(place)
    with time_machine.travel("2026-11-20"):
        opened(first)
        page = browser(first).get("/werkplek/meldingen/kluis/").content.decode()
        assert "Sleutelrisico" in page
        assert "60 dagen" in page


def test_a_third_holder_takes_the_risk_away(place, three):
    page = browser(three[0]).get("/werkplek/meldingen/kluis/").content.decode()
    assert "Sleutelrisico" not in page


def test_a_neighbour_can_not_renew_the_keys_or_remove_a_holder(place, three):
    neighbour, _other = open_desk(MunicipalityFactory(name="Polderveen"))
    client = browser(neighbour, unlocked=True)
    assert client.post(f"{SCREEN}vernieuwen/", {"gemeente": place.slug}).status_code == 404
    wanted = {"gemeente": place.slug, "wie": three[2].public_id}
    assert client.post(f"{SCREEN}vertrek/", wanted).status_code == 404
    assert epoch_of(place) == 1
    assert not HolderWithdrawal.objects.exists()


def test_new_keys_on_the_screen_leave_the_own_vault_open(place):
    first, _second = open_desk(place)
    client = browser(first, unlocked=True)
    client.post(f"{SCREEN}vernieuwen/", {"gemeente": place.slug})
    assert epoch_of(place) == 2
    assert client.get(SCREEN).status_code == 200
