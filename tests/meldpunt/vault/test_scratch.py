"""What waits during a request is sealed, in memory and on disk."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vault.encryption import NotGenuine, Scratch, Truncated
from meldpunt.vault.encryption.scratch import FRAME, IN_MEMORY

WORD = b"kanarieopdeschijf"


def filled(*pieces):
    scratch = Scratch()
    for piece in pieces:
        scratch.write(piece)
    scratch.finish()
    return scratch


@given(pieces=st.lists(st.binary(max_size=300), max_size=5), times=st.integers(0, 300))
def test_what_was_written_comes_back_as_often_as_asked(pieces, times):
    wanted = b"".join(pieces) * times
    scratch = filled(*pieces * times)

    assert b"".join(scratch.chunks()) == wanted
    assert b"".join(scratch.chunks()) == wanted
    assert scratch.size == len(wanted)


@pytest.mark.parametrize("length", [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME])
def test_lengths_around_the_edge_of_a_frame_come_back(length):
    assert b"".join(filled(bytes(length)).chunks()) == bytes(length)


def test_what_is_too_large_for_memory_lies_sealed_in_a_file_without_a_name():
    scratch = filled(WORD * (IN_MEMORY // len(WORD) + 10_000))
    number = scratch._file.fileno()

    assert os.fstat(number).st_nlink == 0
    on_disk = os.pread(number, 2 * IN_MEMORY, 0)
    assert len(on_disk) > IN_MEMORY
    assert WORD not in on_disk


def test_what_was_changed_on_disk_is_noticed():
    scratch = filled(WORD * 100)
    scratch._file.seek(5)
    scratch._file.write(b"x")

    with pytest.raises(NotGenuine):
        list(scratch.chunks())


def test_what_was_cut_off_is_noticed():
    scratch = filled(bytes(2 * FRAME + 5))
    scratch._file.truncate(FRAME + 17)

    with pytest.raises(Truncated):
        list(scratch.chunks())
