"""A secret wrapped to a key holder opens with that holder's key, in its own context."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meldpunt.vault.encryption import Suite, WrapPrivateKey, WrapPublicKey, best_suite, errors
from meldpunt.vault.encryption.hpke import unwrap, wrap
from tests.meldpunt.vault.cast import KEYS, WRAP_SUITES

SIZES = {Suite.HPKE_X25519: 80, Suite.HPKE_HYBRID: 1168}
both = pytest.mark.parametrize("suite", WRAP_SUITES)


@both
@settings(max_examples=25)
@given(secret=st.binary(max_size=200), context=st.binary(max_size=80))
def test_what_was_wrapped_comes_out_again(suite, secret, context):
    envelope = wrap(secret, to=KEYS[suite].public(), context=context)

    assert unwrap(envelope, by=KEYS[suite], context=context) == secret


@both
def test_a_secret_of_32_bytes_takes_the_size_in_the_design(suite):
    envelope = wrap(bytes(32), to=KEYS[suite].public(), context=b"")

    assert len(envelope) == 8 + SIZES[suite]


@both
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_one_flipped_bit_anywhere_is_refused(suite, data):
    changed = bytearray(wrap(b"s" * 32, to=KEYS[suite].public(), context=b"here"))
    bit = data.draw(st.integers(0, len(changed) * 8 - 1))
    changed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(errors.CannotOpen):
        unwrap(bytes(changed), by=KEYS[suite], context=b"here")


@both
@settings(max_examples=60)
@given(data=st.data())
def test_a_wrap_cut_short_is_refused(suite, data):
    envelope = wrap(b"s" * 32, to=KEYS[suite].public(), context=b"here")
    length = data.draw(st.integers(0, len(envelope) - 1))

    with pytest.raises(errors.CannotOpen):
        unwrap(envelope[:length], by=KEYS[suite], context=b"here")


@both
def test_a_wrap_in_another_context_does_not_open(suite):
    envelope = wrap(b"s" * 32, to=KEYS[suite].public(), context=b"here")

    with pytest.raises(errors.NotGenuine):
        unwrap(envelope, by=KEYS[suite], context=b"there")


@both
def test_a_colleague_without_a_wrap_opens_nothing(suite):
    envelope = wrap(b"s" * 32, to=KEYS[suite].public(), context=b"here")
    colleague = WrapPrivateKey.new(suite)

    with pytest.raises(errors.UnexpectedKey):
        unwrap(envelope, by=colleague, context=b"here")

    forged = envelope[:4] + colleague.public().key_id.to_bytes(4, "big") + envelope[8:]
    with pytest.raises(errors.NotGenuine):
        unwrap(forged, by=colleague, context=b"here")


def test_a_hybrid_wrap_cannot_be_passed_off_as_a_simple_one():
    hybrid, simple = KEYS[Suite.HPKE_HYBRID], KEYS[Suite.HPKE_X25519]
    envelope = wrap(b"s" * 32, to=hybrid.public(), context=b"here")

    with pytest.raises(errors.UnexpectedSuite):
        unwrap(envelope[:3] + b"\x01" + envelope[4:], by=hybrid, context=b"here")
    with pytest.raises(errors.UnexpectedSuite):
        unwrap(envelope, by=simple, context=b"here")


def test_a_new_pair_is_hybrid_where_the_library_can():
    assert best_suite() is Suite.HPKE_HYBRID
    assert WrapPrivateKey.new().suite is Suite.HPKE_HYBRID


def test_a_public_key_that_is_no_key_is_refused_before_anything_is_sealed():
    broken = WrapPublicKey(Suite.HPKE_HYBRID, b"\xff" * 1216)

    with pytest.raises(errors.CannotSeal):
        wrap(b"s" * 32, to=broken, context=b"here")


@pytest.mark.parametrize("suite", [Suite.CONTENT, Suite.FILE, Suite.ED25519])
def test_only_wrap_suites_make_wrap_keys(suite):
    with pytest.raises(ValueError, match="0x01 and 0x02"):
        WrapPublicKey(suite, bytes(32))


@both
def test_a_key_id_follows_from_the_key_and_a_fingerprint_can_be_read_aloud(suite):
    public = KEYS[suite].public()

    assert public.key_id == WrapPublicKey(suite, public.material).key_id != 0
    assert public.key_id != WrapPrivateKey.new(suite).public().key_id
    assert [len(group) for group in public.fingerprint.split("-")] == [4, 4, 4, 4]
