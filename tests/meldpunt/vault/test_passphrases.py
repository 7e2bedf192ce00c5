"""Passphrases are long, unguessable, and made of words that everybody can type."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vault.encryption import (
    PassphraseTooWeak,
    check_passphrase,
    new_passphrase,
    passphrase_bits,
)
from meldpunt.vault.encryption.passphrases import as_typed, word_list


def test_the_list_has_enough_words_and_each_once():
    words = word_list()

    assert len(words) >= 1296
    assert list(words) == sorted(set(words))
    assert all(re.fullmatch("[a-z]{4,9}", word) for word in words)


def test_five_words_are_worth_more_than_fifty_bits():
    assert passphrase_bits() > 52


@pytest.mark.parametrize("count", [5, 6, 8])
def test_a_made_passphrase_passes_its_own_check(count):
    for _ in range(20):
        passphrase = new_passphrase(count)
        assert len(passphrase.split()) == count
        if len(set(passphrase.split())) >= 5:
            check_passphrase(passphrase)


def test_fewer_than_five_words_are_not_made():
    with pytest.raises(ValueError, match="At least 5"):
        new_passphrase(4)


@pytest.mark.parametrize("passphrase", ["gh4$Kd9w!pLq2Zs8", "turbine zuil pond kaart rond"])
def test_a_strong_passphrase_is_accepted(passphrase):
    check_passphrase(passphrase)


@pytest.mark.parametrize(
    "passphrase",
    [
        "",
        "kort",
        "turbine zuil ja",
        "zon zon zon zon zon",
        "wachtwoord wachtwoord wachtwoord wachtwoord wachtwoord",
        "Welkom2026Welkom2026",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "1234567890123456",
        "qwertyuiopasdfghjkl",
        "P@ssw0rdP@ssw0rd!",
        " " * 40,
        "\ud800" * 20,
        "turbine zuil pond kaart rond " * 8,
    ],
)
def test_a_weak_passphrase_is_refused(passphrase):
    with pytest.raises(PassphraseTooWeak):
        check_passphrase(passphrase)


def test_what_others_know_of_somebody_does_not_count():
    passphrase = "quirijntjevandenbrink"

    check_passphrase(passphrase)
    with pytest.raises(PassphraseTooWeak):
        check_passphrase(passphrase, known=["Quirijntje", "vandenbrink"])


@given(st.text(max_size=300))
def test_any_text_is_accepted_or_refused(text):
    try:
        check_passphrase(text)
    except PassphraseTooWeak:
        return
    assert as_typed(text)


def test_one_letter_is_the_same_in_every_keyboard():
    assert as_typed("cafe\u0301") == as_typed("café")
    assert as_typed("　a \n b ") == b"a b"
