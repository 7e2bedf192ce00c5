"""A staff pair opens with the passphrase and the pepper together, and with nothing less."""

import threading
import time
from dataclasses import replace

import pytest

from meldpunt.vault.encryption import (
    Argon2Cost,
    StaffPepper,
    WrapPrivateKey,
    errors,
    kdf,
    lock_staff_key,
    login_fingerprint,
    new_staff_key,
    unlock_staff_key,
)
from tests.meldpunt.vault.cast import CHEAP, STAFF

PHRASE = "turbine zuil pond kaart rond"


@pytest.fixture(scope="module")
def staff_key():
    return new_staff_key(user=12, passphrase=PHRASE, pepper=STAFF, cost=CHEAP)


def test_the_passphrase_opens_the_pair(staff_key):
    private = unlock_staff_key(staff_key, passphrase=PHRASE, pepper=STAFF)

    assert private.public() == staff_key.public


@pytest.mark.parametrize(
    "typed", [f"  {PHRASE}\n", PHRASE.replace(" ", "  "), "turbine　zuil pond kaart rond"]
)
def test_spaces_too_many_are_forgiven(staff_key, typed):
    assert unlock_staff_key(staff_key, passphrase=typed, pepper=STAFF)


@pytest.mark.parametrize("typed", ["", PHRASE[:-1], PHRASE.upper(), "\ud800", "\x00" + PHRASE])
def test_another_passphrase_is_refused_by_name(staff_key, typed):
    with pytest.raises(errors.WrongPassphrase):
        unlock_staff_key(staff_key, passphrase=typed, pepper=STAFF)


def test_without_the_pepper_a_passphrase_cannot_be_tried(staff_key):
    with pytest.raises(errors.WrongPassphrase):
        unlock_staff_key(staff_key, passphrase=PHRASE, pepper=StaffPepper(b"?" * 32))


@pytest.mark.parametrize("change", [{"user": 13}, {"salt": b"?" * 16}, {"cost": Argon2Cost(2, 8)}])
def test_a_pair_put_under_another_name_or_salt_stays_shut(staff_key, change):
    with pytest.raises(errors.WrongPassphrase):
        unlock_staff_key(replace(staff_key, **change), passphrase=PHRASE, pepper=STAFF)


def test_a_public_half_that_was_exchanged_is_noticed(staff_key):
    exchanged = replace(staff_key, public=WrapPrivateKey.new().public())

    with pytest.raises(errors.UnexpectedKey):
        unlock_staff_key(exchanged, passphrase=PHRASE, pepper=STAFF)


def test_a_new_passphrase_keeps_the_pair_and_kills_the_old_phrase(staff_key):
    private = unlock_staff_key(staff_key, passphrase=PHRASE, pepper=STAFF)
    changed = lock_staff_key(
        private, user=12, passphrase="een heel ander woord", pepper=STAFF, cost=CHEAP
    )

    assert changed.public == staff_key.public
    assert changed.salt != staff_key.salt
    with pytest.raises(errors.WrongPassphrase):
        unlock_staff_key(changed, passphrase=PHRASE, pepper=STAFF)


def test_the_passphrase_costs_what_the_design_says():
    assert Argon2Cost(passes=3, memory=128 * 1024) == kdf.PASSPHRASE_COST
    assert kdf.PASSPHRASE_COST.stored == "argon2id:t=3,m=131072,p=1"
    assert Argon2Cost.from_stored(kdf.PASSPHRASE_COST.stored) == kdf.PASSPHRASE_COST


@pytest.mark.parametrize(
    "text",
    [
        "",
        "argon2id:t=0,m=8,p=1",
        "argon2id:t=1,m=7,p=1",
        "argon2id:t=1,m=1048577,p=1",
        "argon2id:t=1,m=8,p=2",
        "scrypt",
        "argon2id:t=1,m=8,p=1\n",
    ],
)
def test_a_cost_that_would_exhaust_the_machine_is_refused(text):
    with pytest.raises(ValueError, match="cost"):
        Argon2Cost.from_stored(text)


def test_no_more_than_two_passphrases_are_hashed_at_once(monkeypatch):
    running, most, lock = [], [], threading.Lock()

    def slow(*args, **kwargs):
        with lock:
            running.append(1)
            most.append(len(running))
        time.sleep(0.02)
        with lock:
            running.pop()
        return bytes(32)

    monkeypatch.setattr(kdf, "slow_hash", slow)
    threads = [
        threading.Thread(
            target=kdf.slow_passphrase_hash, args=(b"",), kwargs={"salt": bytes(16), "cost": CHEAP}
        )
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert max(most) == 2
    assert len(most) == 8


def test_whoever_waits_too_long_is_asked_to_try_again(monkeypatch):
    monkeypatch.setattr(kdf, "_LONGEST_WAIT", 0.01)
    with kdf._passphrase_seat(), kdf._passphrase_seat(), pytest.raises(errors.TooBusy):
        kdf.slow_passphrase_hash(b"", salt=bytes(16), cost=CHEAP)

    assert kdf.slow_passphrase_hash(b"", salt=bytes(16), cost=CHEAP)


def test_a_reset_of_the_login_shows():
    def shown(*parts, user=12, pepper=STAFF):
        return login_fingerprint(*parts, user=user, pepper=pepper)

    assert shown("argon2$abc", "totp:1") == shown("argon2$abc", "totp:1")
    others = [
        shown("argon2$abd", "totp:1"),
        shown("argon2$abc"),
        shown("argon2$abctotp:1"),
        shown("argon2$abc", "totp:1", user=13),
        shown("argon2$abc", "totp:1", pepper=StaffPepper(b"?" * 32)),
    ]
    assert shown("argon2$abc", "totp:1") not in others
