"""Passphrases of staff: made from a list of short Dutch words, or chosen and checked.

The list is our own (docs/explanation/meldpunt-keys.md, "Why our own word list").
"""

import math
import secrets
import unicodedata
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from meldpunt.vault.encryption.content import utf8
from meldpunt.vault.encryption.errors import NotText, PassphraseTooWeak

WORDS = 5
SHORTEST_WORD = 3
SHORTEST = 16
LONGEST = 200
# Powers of ten that an estimator thinks an attacker must try; Argon2id makes each one slow.
FEWEST_GUESSES = 15
_LONGEST_ESTIMATED = 72  # zxcvbn refuses more; the rest can only add strength
_OBVIOUS = (
    "wachtwoord",
    "welkom",
    "geheim",
    "meldpunt",
    "gemeente",
    "vrede",
    "vredeportaal",
)


def new_passphrase(words: int = WORDS) -> str:
    """Random words with spaces between them; five give 52.9 bits. Never fewer than five."""
    if words < WORDS:
        raise ValueError(f"At least {WORDS} words.")
    return " ".join(secrets.choice(word_list()) for _ in range(words))


def passphrase_bits(words: int = WORDS) -> float:
    """The entropy of ``new_passphrase``, in bits."""
    return words * math.log2(len(word_list()))


@cache
def word_list() -> tuple[str, ...]:
    """Short, neutral Dutch words of 4 to 9 letters a to z, in alphabetical order."""
    listed = files(__package__).joinpath("words_nl.txt").read_text(encoding="ascii")
    return tuple(listed.split())


def check_passphrase(passphrase: str, *, known: Collection[str] = ()) -> None:
    """Accept five different words or sixteen characters that aren't easily guessed.

    ``known``: what others know of this person, such as name, e-mail address and municipality.
    Raises ``PassphraseTooWeak``.
    """
    try:
        typed = as_typed(passphrase).decode("utf-8")
    except NotText:
        raise PassphraseTooWeak("It holds characters that can't be stored.") from None
    words = {word for word in typed.split() if len(word) >= SHORTEST_WORD}
    if len(words) < WORDS and len(typed) < SHORTEST:
        raise PassphraseTooWeak(f"Fewer than {WORDS} words and than {SHORTEST} characters.")
    if len(typed) > LONGEST:
        raise PassphraseTooWeak(f"More than {LONGEST} characters.")
    # Its word lists take 12 MB of memory: only in a process where somebody chooses a passphrase.
    from zxcvbn import zxcvbn

    estimate = zxcvbn(typed[:_LONGEST_ESTIMATED], user_inputs=[*_OBVIOUS, *known])
    if estimate["guesses_log10"] < FEWEST_GUESSES:
        raise PassphraseTooWeak("Too easily guessed.")


def as_typed(passphrase: str) -> bytes:
    """The bytes that are hashed: one form of every letter, single spaces, UTF-8.

    Raises ``NotText`` for lone surrogates.
    """
    return utf8(" ".join(unicodedata.normalize("NFKC", passphrase).split()))
