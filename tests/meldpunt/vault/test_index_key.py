"""The blob staff find a report by dies with the report; its tombstone does not."""

import pytest

from meldpunt.vault.encryption import (
    ContentPlace,
    Domain,
    DomainPlace,
    IndexMaster,
    RetentionKey,
    derive_index_key,
    derive_tombstone_key,
    errors,
    open_index,
    seal_index,
)
from tests.meldpunt.vault.cast import MUNICIPALITY, NEIGHBOUR, OTHER_REPORT, REPORT, ROW

MASTER, RK = IndexMaster(b"i" * 32), RetentionKey(b"R" * 32)
INTERNAL = DomainPlace(REPORT, Domain.INTERNAL, MUNICIPALITY)
BLOB = ContentPlace(INTERNAL, table="index", object_id=ROW, seq=1)


def key(master=MASTER, retention=RK, place=INTERNAL):
    return derive_index_key(master, retention, place=place)


def test_the_blob_comes_back_and_takes_one_kibibyte():
    envelope = seal_index(b'{"state":"received"}', key=key(), place=BLOB, key_id=9)

    assert len(envelope) == 1024 + 48
    assert open_index(envelope, key=key(), place=BLOB, key_id=9) == b'{"state":"received"}'


@pytest.mark.parametrize(
    "other",
    [
        {"master": IndexMaster(b"?" * 32)},
        {"retention": RetentionKey(b"?" * 32)},
        {"place": DomainPlace(OTHER_REPORT, Domain.INTERNAL, MUNICIPALITY)},
        {"place": DomainPlace(REPORT, Domain.INTERNAL, NEIGHBOUR)},
    ],
)
def test_without_both_keys_of_this_report_it_stays_shut(other):
    envelope = seal_index(b"{}", key=key(), place=BLOB, key_id=9)

    with pytest.raises(errors.NotGenuine):
        open_index(envelope, key=key(**other), place=BLOB, key_id=9)


def test_a_blob_of_another_epoch_is_named():
    envelope = seal_index(b"{}", key=key(), place=BLOB, key_id=9)

    with pytest.raises(errors.UnexpectedKey):
        open_index(envelope, key=key(), place=BLOB, key_id=10)


def test_a_tombstone_needs_no_retention_key():
    tombstone = derive_tombstone_key(MASTER, report=REPORT, municipality=MUNICIPALITY)

    assert tombstone == derive_tombstone_key(MASTER, report=REPORT, municipality=MUNICIPALITY)
    assert tombstone != key()
    assert tombstone != derive_tombstone_key(MASTER, report=REPORT, municipality=NEIGHBOUR)
