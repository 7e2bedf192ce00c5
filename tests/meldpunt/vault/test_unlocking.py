from io import StringIO

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from meldpunt.vault.services import unlocking
from meldpunt.vault.services.staff_keys import PassphraseTooWeak, WrongPassphrase, make_staff_key
from portal.audit.models import AuditEvent
from tests.factories.meldpunt import PASSPHRASE, open_desk, staff
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.fixture
def holder():
    return open_desk(MunicipalityFactory())[0]


def test_the_passphrase_opens_the_keys_and_the_cookie_keeps_them(holder):
    session = SessionStore()
    cookie = unlocking.unlock(holder, passphrase=PASSPHRASE, session=session)
    keys = unlocking.open_keys(holder, cookie=cookie.text, session=session)
    assert len(keys.held) == 3
    assert len(keys.indexes) == 1


def test_the_session_alone_opens_nothing(holder):
    session = SessionStore()
    unlocking.unlock(holder, passphrase=PASSPHRASE, session=session)
    with pytest.raises(unlocking.Locked):
        unlocking.open_keys(holder, cookie="00" * 32, session=session)


def test_a_colleague_can_not_use_somebody_elses_box(holder):
    session = SessionStore()
    cookie = unlocking.unlock(holder, passphrase=PASSPHRASE, session=session)
    with pytest.raises(unlocking.Locked):
        unlocking.open_keys(staff(MunicipalityFactory()), cookie=cookie.text, session=session)


def test_after_a_quarter_of_an_hour_without_a_click_the_vault_is_closed(holder):
    session = SessionStore()
    with time_machine.travel("2026-11-02 09:00", tick=False):
        cookie = unlocking.unlock(holder, passphrase=PASSPHRASE, session=session)
    with time_machine.travel("2026-11-02 09:14", tick=False):
        unlocking.open_keys(holder, cookie=cookie.text, session=session)
    with time_machine.travel("2026-11-02 09:28", tick=False):
        unlocking.open_keys(holder, cookie=cookie.text, session=session)
    with (
        time_machine.travel("2026-11-02 09:44", tick=False),
        pytest.raises(unlocking.Locked),
    ):
        unlocking.open_keys(holder, cookie=cookie.text, session=session)


def test_locking_leaves_nothing_in_the_session(holder):
    session = SessionStore()
    cookie = unlocking.unlock(holder, passphrase=PASSPHRASE, session=session)
    unlocking.lock(holder, session=session)
    assert unlocking.BOX not in session
    with pytest.raises(unlocking.Locked):
        unlocking.open_keys(holder, cookie=cookie.text, session=session)


def test_a_wrong_passphrase_is_refused_and_traced(holder):
    with pytest.raises(WrongPassphrase):
        unlocking.unlock(holder, passphrase="iets heel anders van hier", session=SessionStore())
    assert AuditEvent.objects.filter(action="vault.unlock_failed").count() == 1


def test_after_five_wrong_passphrases_even_the_right_one_waits(holder):
    for _try in range(5):
        with pytest.raises(WrongPassphrase):
            unlocking.unlock(holder, passphrase="fout", session=SessionStore())
    with pytest.raises(unlocking.TooManyTries):
        unlocking.unlock(holder, passphrase=PASSPHRASE, session=SessionStore())


def test_a_password_that_somebody_else_resets_kills_the_keys(holder):
    holder.set_password("door-een-beheerder-gezet")
    holder.save()
    with pytest.raises(unlocking.SignInChanged):
        unlocking.unlock(holder, passphrase=PASSPHRASE, session=SessionStore())
    with pytest.raises(unlocking.NoKeysYet):
        unlocking.unlock(holder, passphrase=PASSPHRASE, session=SessionStore())


def test_somebody_without_a_key_opens_nothing():
    with pytest.raises(unlocking.NoKeysYet):
        unlocking.keys_of(staff(MunicipalityFactory()), passphrase=PASSPHRASE)


@pytest.mark.parametrize("weak", ["gemeente2026", "wachtwoord", "a" * 30, "kort", ""])
def test_a_weak_passphrase_makes_no_key(weak):
    with pytest.raises(PassphraseTooWeak):
        make_staff_key(staff(MunicipalityFactory(), has_key=False), passphrase=weak)


def test_a_lost_passphrase_costs_the_keys_and_gives_nobody_anything(holder):
    call_command("meldpunt_forget_key", holder.email, stdout=StringIO())
    make_staff_key(holder, passphrase="wolk trommel kers anker zeilboot")
    with pytest.raises(unlocking.NoKeysYet):
        unlocking.keys_of(holder, passphrase="wolk trommel kers anker zeilboot")
    assert AuditEvent.objects.filter(action="key.holder_removed").exists()
