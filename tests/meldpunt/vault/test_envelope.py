"""Something sealed opens in its own place, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vault.encryption import errors
from meldpunt.vault.encryption.envelope import ENVELOPE_SUITES, Header, Suite, open_sealed, seal
from meldpunt.vault.encryption.secret_bytes import ContentKey
from tests.meldpunt.vault.cast import CONTENT_KEY

ENVELOPE = seal(b"Ik zag dat de deur openstond.", key=CONTENT_KEY, context=b"here", key_id=5)


def opened(envelope, *, key=CONTENT_KEY, context=b"here", key_id=5):
    return open_sealed(envelope, key=key, context=context, key_id=key_id)


@given(st.binary(max_size=3000), st.binary(max_size=80), st.integers(0, 2**32 - 1))
def test_what_was_sealed_comes_out_again(plaintext, context, key_id):
    envelope = seal(plaintext, key=CONTENT_KEY, context=context, key_id=key_id)

    assert opened(envelope, context=context, key_id=key_id) == plaintext
    assert len(envelope) == 8 + 24 + len(plaintext) + 16


def test_the_same_text_never_looks_the_same_twice():
    assert seal(b"a", key=CONTENT_KEY, context=b"") != seal(b"a", key=CONTENT_KEY, context=b"")


@given(st.integers(0, len(ENVELOPE) * 8 - 1))
def test_one_flipped_bit_anywhere_is_refused(bit):
    changed = bytearray(ENVELOPE)
    changed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(errors.CannotOpen):
        opened(bytes(changed))


@given(st.integers(0, len(ENVELOPE) - 1))
def test_an_envelope_cut_short_is_refused(length):
    with pytest.raises(errors.CannotOpen):
        opened(ENVELOPE[:length])


@given(st.binary(max_size=200))
def test_bytes_that_are_no_envelope_are_refused_by_name(noise):
    with pytest.raises(errors.CannotOpen):
        opened(noise)


@given(st.binary(max_size=80).filter(lambda context: context != b"here"))
def test_an_envelope_moved_to_another_place_does_not_open(context):
    with pytest.raises(errors.NotGenuine):
        opened(ENVELOPE, context=context)


def test_another_key_does_not_open_it():
    with pytest.raises(errors.NotGenuine):
        opened(ENVELOPE, key=ContentKey(b"x" * 32))


def test_bytes_between_header_and_context_have_one_meaning():
    """The header has a fixed length, so its bytes can't be read as the start of the context."""
    header = bytes(Header(Suite.CONTENT, 5))
    with pytest.raises(errors.NotGenuine):
        opened(ENVELOPE, context=header + b"here")


@pytest.mark.parametrize("suite", sorted(ENVELOPE_SUITES - {Suite.CONTENT}))
def test_no_other_suite_is_tried_when_the_header_names_it(suite):
    with pytest.raises(errors.UnexpectedSuite):
        opened(ENVELOPE[:3] + bytes([suite]) + ENVELOPE[4:])


@pytest.mark.parametrize("suite", sorted(set(range(256)) - ENVELOPE_SUITES))
def test_a_suite_that_does_not_exist_is_a_hard_error(suite):
    with pytest.raises(errors.UnknownSuite):
        opened(ENVELOPE[:3] + bytes([suite]) + ENVELOPE[4:])


@pytest.mark.parametrize("version", [0, 2, 255])
def test_a_version_that_does_not_exist_is_a_hard_error(version):
    with pytest.raises(errors.UnknownVersion):
        opened(ENVELOPE[:2] + bytes([version]) + ENVELOPE[3:])


def test_the_key_id_is_checked_and_sealed():
    with pytest.raises(errors.UnexpectedKey):
        opened(ENVELOPE, key_id=6)

    renumbered = ENVELOPE[:4] + (6).to_bytes(4, "big") + ENVELOPE[8:]
    with pytest.raises(errors.NotGenuine):
        opened(renumbered, key_id=6)


def test_each_error_says_what_is_wrong():
    with pytest.raises(errors.NotAnEnvelope):
        opened(b"")
    with pytest.raises(errors.NotAnEnvelope):
        opened(b"PM" + ENVELOPE[2:])
    with pytest.raises(errors.Truncated):
        opened(b"MP\x01")
    with pytest.raises(errors.Truncated):
        opened(ENVELOPE[:40])
