"""Lengths are hidden: five sizes for text, Padmé for files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vault.encryption import errors
from meldpunt.vault.encryption.padding import LONGEST, SIZES, pad, padme, unpad


@given(st.binary(max_size=5000))
def test_padding_comes_off_again(text):
    assert unpad(pad(text)) == text


@given(st.binary(max_size=1100).map(lambda text: text + b"\x80"))
def test_text_that_ends_like_padding_comes_back_whole(text):
    assert unpad(pad(text)) == text
    assert unpad(pad(text + bytes(9))) == text + bytes(9)


@pytest.mark.parametrize(
    ("length", "size"),
    [
        (0, 1024),
        (1023, 1024),
        (1024, 4096),
        (4095, 4096),
        (4096, 16384),
        (16384, 65536),
        (65536, 262144),
        (262143, 262144),
    ],
)
def test_text_grows_to_one_of_five_sizes(length, size):
    assert len(pad(b"a" * length)) == size


def test_text_that_does_not_fit_is_refused_by_name():
    with pytest.raises(errors.TextTooLong):
        pad(b"a" * (LONGEST + 1))


@pytest.mark.parametrize("length", [0, 1, 1023, 1025, 8192, 262145])
def test_another_size_is_not_our_padding(length):
    with pytest.raises(errors.PaddingBroken):
        unpad(b"\x80".ljust(length, b"\x00")[:length])


@pytest.mark.parametrize("size", SIZES)
def test_padding_without_a_mark_is_refused(size):
    with pytest.raises(errors.PaddingBroken):
        unpad(bytes(size))
    with pytest.raises(errors.PaddingBroken):
        unpad(b"a" * size)


def test_text_in_a_larger_size_than_it_needs_is_refused():
    with pytest.raises(errors.PaddingBroken):
        unpad(b"short\x80".ljust(4096, b"\x00"))


@given(st.integers(2, 2**45))
def test_a_file_grows_by_at_most_twelve_percent(length):
    padded = padme(length)

    assert length <= padded <= length * 1.12
    assert padme(padded) == padded


@given(st.integers(0, 2**32), st.integers(0, 2**20))
def test_a_longer_file_is_never_shorter_when_padded(length, more):
    assert padme(length) <= padme(length + more)


@pytest.mark.parametrize(
    ("length", "padded"), [(0, 0), (1, 1), (9, 10), (1000, 1024), (10**6, 1015808)]
)
def test_padme_gives_the_published_values(length, padded):
    assert padme(length) == padded
