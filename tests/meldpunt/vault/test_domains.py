"""A key needs both halves, and content belongs to one row of one report."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vault.encryption import (
    ContentPlace,
    Domain,
    DomainPlace,
    DomainSecret,
    NotGenuine,
    NotText,
    RetentionKey,
    Suite,
    TextTooLong,
    commitment,
    derive_content_key,
    open_text,
    seal_text,
    unwrap_secret,
    wrap_secret,
)
from meldpunt.vault.encryption.contexts import Purpose, context
from tests.meldpunt.vault.cast import (
    CONTENT_KEY,
    KEYS,
    MESSAGE,
    MUNICIPALITY,
    NEIGHBOUR,
    OTHER_REPORT,
    PLACE,
    REPORT,
    ROW,
)

S, RK = DomainSecret(b"S" * 32), RetentionKey(b"R" * 32)
ELSEWHERE = [
    DomainPlace(OTHER_REPORT, Domain.DIALOGUE, MUNICIPALITY),
    DomainPlace(REPORT, Domain.INTERNAL, MUNICIPALITY),
    DomainPlace(REPORT, Domain.DIALOGUE, NEIGHBOUR),
]
OTHER_ROWS = [
    *(ContentPlace(place, "message", ROW, 3) for place in ELSEWHERE),
    ContentPlace(PLACE, "note", ROW, 3),
    ContentPlace(PLACE, "message", OTHER_REPORT, 3),
    ContentPlace(PLACE, "message", ROW, 4),
]


def test_the_aad_reads_as_the_design_says():
    assert MESSAGE.aad.decode() == f"mp1|message|{REPORT}|dialogue|{ROW}|7|3"


def test_the_id_in_the_keystore_tells_nothing_of_the_report():
    assert PLACE.keystore_id == hashlib.sha256(f"{REPORT}|dialogue".encode()).digest()
    renewed = DomainPlace(REPORT, Domain.DIALOGUE, MUNICIPALITY, generation=2)
    assert renewed.keystore_id == hashlib.sha256(f"{REPORT}|dialogue|2".encode()).digest()
    assert PLACE.keystore_id != DomainPlace(REPORT, Domain.REPORT, MUNICIPALITY).keystore_id


def test_a_commitment_names_a_key_without_showing_it():
    assert commitment(RK) == hashlib.sha256(b"rk/v1|" + b"R" * 32).digest()


def test_without_either_half_there_is_no_key():
    key = derive_content_key(S, RK, place=PLACE)
    envelope = seal_text("hallo", key=key, place=MESSAGE)

    for secret, retention in [(DomainSecret.new(), RK), (S, RetentionKey.new())]:
        other = derive_content_key(secret, retention, place=PLACE)
        with pytest.raises(NotGenuine):
            open_text(envelope, key=other, place=MESSAGE)


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_the_same_halves_give_another_key_elsewhere(elsewhere):
    assert derive_content_key(S, RK, place=PLACE) != derive_content_key(S, RK, place=elsewhere)


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_a_wrapped_secret_moved_elsewhere_does_not_open(elsewhere):
    key = KEYS[Suite.HPKE_HYBRID]
    wrapped = wrap_secret(S, to=key.public(), place=PLACE)

    assert unwrap_secret(wrapped, by=key, place=PLACE) == S
    with pytest.raises(NotGenuine):
        unwrap_secret(wrapped, by=key, place=elsewhere)


@given(st.text(max_size=1500))
def test_text_comes_back_as_it_was_typed(text):
    envelope = seal_text(text, key=CONTENT_KEY, place=MESSAGE)

    assert open_text(envelope, key=CONTENT_KEY, place=MESSAGE) == text
    assert len(envelope) - 48 in {1024, 4096, 16384}


@pytest.mark.parametrize("row", OTHER_ROWS)
def test_text_moved_to_another_row_does_not_open(row):
    envelope = seal_text("hallo", key=CONTENT_KEY, place=MESSAGE)

    with pytest.raises(NotGenuine):
        open_text(envelope, key=CONTENT_KEY, place=row)


def test_no_two_places_share_an_aad():
    assert len({row.aad for row in [MESSAGE, *OTHER_ROWS]}) == len(OTHER_ROWS) + 1


def test_text_that_can_not_be_stored_is_refused_by_name():
    with pytest.raises(NotText):
        seal_text("\ud800", key=CONTENT_KEY, place=MESSAGE)
    with pytest.raises(TextTooLong):
        seal_text("é" * 131_072, key=CONTENT_KEY, place=MESSAGE)


@pytest.mark.parametrize("part", ["a|b", "", "é", "a b", "a\n", "x" * 81, "../x"])
def test_a_part_that_could_be_read_as_two_is_refused(part):
    with pytest.raises(ValueError, match="part of the context"):
        context(Purpose.STEPS, part)


def test_no_purpose_is_the_start_of_another():
    words = [f"{purpose}|" for purpose in Purpose]

    assert len(set(words)) == len(words)
    assert not [(a, b) for a in words for b in words if a != b and a.startswith(b)]
