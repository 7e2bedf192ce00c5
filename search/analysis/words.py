"""Cutting a text into words, without case or accents."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"(?:\b[^\W\d_]-)?[^\W_]+(?:['’][^\W_]+)*")  # e-mail is one word, wijk-agent two
LONGEST = 60  # a longer "word" is no word; PostgreSQL refuses lexemes beyond 2 KB


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """The word in small letters, without accents and apostrophes: ``Café’s`` is ``cafes``."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in plain if sign.isalnum())[:LONGEST]


def words_of(text: str) -> list[str]:
    """The words of a text in their order, in small letters but with their accents."""
    return [match.group().lower() for match in WORD.finditer(text)]


def literal(text: str) -> str:
    """The folded words of a text, one space between: what a phrase in quotes is looked for in."""
    return " ".join(filter(None, map(fold, words_of(text))))
