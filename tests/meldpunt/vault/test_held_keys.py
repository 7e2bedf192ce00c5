"""The keys of a municipality reach their holders, the paper sheets, and nobody else."""

from dataclasses import replace

import pytest

from meldpunt.vault.encryption import (
    RECOVERY_HOLDER,
    HeldKey,
    IndexMaster,
    KeyRole,
    RecoverySeed,
    SigningKey,
    Suite,
    WrapPrivateKey,
    errors,
    lock_recovery_key,
    unlock_recovery_key,
    unwrap_held_key,
    unwrap_index_master,
    wrap_held_key,
    wrap_index_master,
)
from meldpunt.vault.encryption.held_keys import decode_private, encode_private
from tests.meldpunt.vault.cast import (
    KEYS,
    MUNICIPALITY,
    NEIGHBOUR,
    SIGNING,
    report_record,
    signing_record,
)

STAFF_PAIR, COLLEAGUE = WrapPrivateKey.new(), WrapPrivateKey.new()
RECORD = report_record().record
HELD = HeldKey(MUNICIPALITY, KeyRole.REPORT, KEYS[Suite.HPKE_HYBRID], epoch=4)


def test_a_holder_unwraps_the_municipality_key():
    wrapped = wrap_held_key(HELD, to=STAFF_PAIR.public(), holder=12)

    held = unwrap_held_key(wrapped, by=STAFF_PAIR, record=RECORD, holder=12)

    assert held.private.public() == HELD.private.public()
    assert (held.role, held.epoch, held.municipality) == (KeyRole.REPORT, 4, MUNICIPALITY)


def test_a_signing_key_travels_the_same_way():
    held = HeldKey(MUNICIPALITY, KeyRole.SIGNING, SIGNING)
    wrapped = wrap_held_key(held, to=STAFF_PAIR.public(), holder=12)

    opened = unwrap_held_key(wrapped, by=STAFF_PAIR, record=signing_record().record, holder=12)

    assert opened.private == SIGNING


def test_a_colleague_without_a_grant_opens_nothing():
    wrapped = wrap_held_key(HELD, to=STAFF_PAIR.public(), holder=12)

    with pytest.raises(errors.UnexpectedKey):
        unwrap_held_key(wrapped, by=COLLEAGUE, record=RECORD, holder=12)


@pytest.mark.parametrize(
    "change",
    [{"municipality": NEIGHBOUR}, {"epoch": 5}, {"role": KeyRole.IDENTITY}],
)
def test_a_wrap_under_another_record_does_not_open(change):
    wrapped = wrap_held_key(HELD, to=STAFF_PAIR.public(), holder=12)

    with pytest.raises(errors.NotGenuine):
        unwrap_held_key(wrapped, by=STAFF_PAIR, record=replace(RECORD, **change), holder=12)
    with pytest.raises(errors.NotGenuine):
        unwrap_held_key(wrapped, by=STAFF_PAIR, record=RECORD, holder=13)


@pytest.mark.parametrize("encoded", [b"", b"\x02", b"\x11" + bytes(32), b"\x01" + bytes(31)])
def test_bytes_that_are_no_private_key_are_refused(encoded):
    with pytest.raises(errors.NotGenuine):
        decode_private(encoded)


@pytest.mark.parametrize("private", [*KEYS.values(), SIGNING])
def test_a_private_key_reads_back_with_its_suite(private):
    again = decode_private(encode_private(private))

    assert (type(again), again.suite) == (type(private), private.suite)
    assert again.public() == private.public()


def test_the_index_key_is_wrapped_to_the_municipality_key():
    master, key = IndexMaster.new(), KEYS[Suite.HPKE_HYBRID]
    wrapped = wrap_index_master(master, to=key.public(), municipality=MUNICIPALITY)

    assert unwrap_index_master(wrapped, by=key, municipality=MUNICIPALITY) == master
    with pytest.raises(errors.NotGenuine):
        unwrap_index_master(wrapped, by=key, municipality=NEIGHBOUR)


def test_the_paper_seed_brings_back_a_municipality_nobody_can_open():
    seed, pair = RecoverySeed.new(), WrapPrivateKey.new()
    stored = lock_recovery_key(pair, seed=seed, municipality=MUNICIPALITY)
    wrapped = wrap_held_key(HELD, to=pair.public(), holder=RECOVERY_HOLDER)

    recovery = unlock_recovery_key(
        stored, seed=seed, public=pair.public(), municipality=MUNICIPALITY
    )
    held = unwrap_held_key(wrapped, by=recovery, record=RECORD, holder=RECOVERY_HOLDER)

    assert held.private.public() == HELD.private.public()


def test_another_seed_or_municipality_brings_back_nothing():
    seed, pair = RecoverySeed.new(), WrapPrivateKey.new()
    stored = lock_recovery_key(pair, seed=seed, municipality=MUNICIPALITY)
    right = {"seed": seed, "public": pair.public(), "municipality": MUNICIPALITY}

    for change in [{"seed": RecoverySeed.new()}, {"municipality": NEIGHBOUR}]:
        with pytest.raises(errors.NotGenuine):
            unlock_recovery_key(stored, **{**right, **change})
    with pytest.raises(errors.UnexpectedKey):
        unlock_recovery_key(stored, **{**right, "public": COLLEAGUE.public()})


def test_a_signing_key_is_never_mistaken_for_a_wrap_key():
    assert SigningKey(b"k" * 32).suite is Suite.ED25519
