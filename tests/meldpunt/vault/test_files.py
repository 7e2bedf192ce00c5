"""A file comes back whole, or with an error: never in part without saying so."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meldpunt.vault.encryption import (
    ContentKey,
    ContentPlace,
    SizeMismatch,
    errors,
    open_file,
    seal_file,
    seal_text,
)
from meldpunt.vault.encryption.files import FRAME
from meldpunt.vault.encryption.padding import padme
from tests.meldpunt.vault.cast import CONTENT_KEY, MESSAGE, PLACE, ROW

FILE = ContentPlace(PLACE, table="file", object_id=ROW)
SEALED_FRAME = FRAME + 17


def sealed(data, *, pieces=7000, size=None):
    chunks = [data[start : start + pieces] for start in range(0, len(data), pieces)]
    size = len(data) if size is None else size
    return b"".join(seal_file(chunks, size=size, key=CONTENT_KEY, place=FILE))


def opened(envelope, *, key=CONTENT_KEY, place=FILE):
    return b"".join(open_file(io.BytesIO(envelope), key=key, place=place))


LARGE = bytes(range(251)) * 800
ENVELOPE = sealed(LARGE)


@settings(max_examples=40)
@given(st.binary(max_size=300), st.integers(0, 600), st.integers(1, 100_000))
def test_a_file_of_any_length_comes_back(seed, repeats, pieces):
    data = seed * repeats

    assert opened(sealed(data, pieces=pieces)) == data


@pytest.mark.parametrize("length", [0, 1, FRAME - 9, FRAME - 8, FRAME - 7, FRAME, 3 * FRAME])
def test_files_around_the_edge_of_a_frame_come_back(length):
    assert opened(sealed(b"z" * length)) == b"z" * length


@given(st.integers(0, 400_000))
@settings(max_examples=20)
def test_the_length_shows_only_as_padme(length):
    plain = padme(8 + length)
    frames = max(1, -(-plain // FRAME))

    assert len(sealed(bytes(length), pieces=FRAME)) == 8 + 24 + plain + 17 * frames


@settings(max_examples=60)
@given(st.integers(0, len(ENVELOPE) * 8 - 1))
def test_one_flipped_bit_anywhere_is_refused(bit):
    changed = bytearray(ENVELOPE)
    changed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(errors.CannotOpen):
        opened(bytes(changed))


@settings(max_examples=60)
@given(st.integers(0, len(ENVELOPE) - 1))
def test_a_file_cut_short_is_refused(length):
    with pytest.raises(errors.CannotOpen):
        opened(ENVELOPE[:length])


@pytest.mark.parametrize("frames", [0, 1, 2, 3])
def test_a_file_cut_between_two_frames_is_refused_as_truncated(frames):
    with pytest.raises(errors.Truncated):
        opened(ENVELOPE[: 32 + frames * SEALED_FRAME])


def test_something_after_the_last_frame_is_refused():
    two_full_frames = sealed(bytes(2 * FRAME - 8))
    with pytest.raises(errors.Truncated):
        opened(two_full_frames + b"x")
    with pytest.raises(errors.NotGenuine):
        opened(sealed(b"short") + b"x")


def test_frames_in_another_order_are_refused():
    first, second = ENVELOPE[32 : 32 + SEALED_FRAME], ENVELOPE[32 + SEALED_FRAME :][:SEALED_FRAME]
    swapped = ENVELOPE[:32] + second + first + ENVELOPE[32 + 2 * SEALED_FRAME :]

    with pytest.raises(errors.NotGenuine):
        opened(swapped)


def test_a_file_moved_to_another_row_does_not_open():
    with pytest.raises(errors.NotGenuine):
        opened(ENVELOPE, place=MESSAGE)


def test_another_key_does_not_open_it():
    with pytest.raises(errors.NotGenuine):
        opened(ENVELOPE, key=ContentKey(b"x" * 32))


def test_a_text_is_no_file():
    with pytest.raises(errors.UnexpectedSuite):
        opened(seal_text("hallo", key=CONTENT_KEY, place=FILE))


@pytest.mark.parametrize("size", [0, 99, 101, 10**9])
def test_a_file_of_another_size_than_announced_is_refused(size):
    with pytest.raises(SizeMismatch):
        sealed(b"a" * 100, size=size)


def test_pieces_are_given_before_the_file_is_read_to_its_end():
    source = io.BytesIO(ENVELOPE)
    next(iter(open_file(source, key=CONTENT_KEY, place=FILE)))

    assert source.tell() <= 32 + SEALED_FRAME
