"""A proof of receipt shows that a report exists, and nothing of what it says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vault.encryption import (
    Receipt,
    ReceiptRefused,
    SigningKey,
    sign_receipt,
    verify_receipt,
)
from tests.meldpunt.vault.cast import MUNICIPALITY, NEIGHBOUR

KEY = SigningKey(b"k" * 32)
LOOKUP = b"0123456789abcdef"
RECEIPT = sign_receipt(KEY, municipality=MUNICIPALITY, week="2026-W48", lookup=LOOKUP)


def test_a_printed_proof_is_verified():
    verify_receipt(Receipt.from_text(RECEIPT.text), key=KEY.public())
    verify_receipt(
        Receipt.from_text(f" {RECEIPT.text[:60]}\n{RECEIPT.text[60:]}\n"), key=KEY.public()
    )


def test_the_proof_shows_only_municipality_week_and_a_hash():
    assert RECEIPT.text.startswith("ontvangst.v1.7.2026-W48.")
    assert LOOKUP.hex() not in RECEIPT.text
    assert LOOKUP not in RECEIPT.lookup_hash


@pytest.mark.parametrize(
    "change",
    [
        {"municipality": NEIGHBOUR},
        {"week": "2026-W47"},
        {"lookup_hash": bytes(32)},
        {"signature": bytes(64)},
    ],
)
def test_a_changed_proof_does_not_hold(change):
    with pytest.raises(ReceiptRefused):
        verify_receipt(replace(RECEIPT, **change), key=KEY.public())


def test_a_proof_of_another_desk_does_not_hold():
    with pytest.raises(ReceiptRefused):
        verify_receipt(RECEIPT, key=SigningKey(b"x" * 32).public())


@given(st.integers(0, len(RECEIPT.text) - 1), st.characters(min_codepoint=33, max_codepoint=126))
def test_one_wrong_letter_spoils_the_proof(position, letter):
    if RECEIPT.text[position] == letter:
        return
    with pytest.raises(ReceiptRefused):
        verify_receipt(
            Receipt.from_text(RECEIPT.text[:position] + letter + RECEIPT.text[position + 1 :]),
            key=KEY.public(),
        )


@given(st.text(max_size=300))
def test_text_that_is_no_proof_is_refused_by_name(text):
    with pytest.raises(ReceiptRefused):
        Receipt.from_text(text)


@pytest.mark.parametrize("week", ["2026-48", "2026-W54", "2026-W00", "2026-W48-3", ""])
def test_only_a_week_is_signed_never_a_day(week):
    with pytest.raises(ValueError, match="2026-W48"):
        sign_receipt(KEY, municipality=MUNICIPALITY, week=week, lookup=LOOKUP)
