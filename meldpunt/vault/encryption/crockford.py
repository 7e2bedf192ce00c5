"""Crockford's base 32: no I, L, O or U, so that a code survives handwriting and telephone."""

import re
import unicodedata

from meldpunt.vault.encryption.errors import NotACode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_LOOK_ALIKES = str.maketrans("OIL", "011")
# White space, every dash Unicode knows, the minus sign, full stops and underscores.
_FILLERS = re.compile(r"[\s\-\u2010-\u2015\u2212\u00ad\u200b-\u200f\ufeff._]+")
_LONGEST_INPUT = 100


def encode(number: int, *, symbols: int) -> str:
    """``number`` in exactly ``symbols`` symbols, five bits each."""
    shifts = range(5 * (symbols - 1), -1, -5)
    return "".join(ALPHABET[number >> shift & 31] for shift in shifts)


def decode(symbols: str) -> int:
    """The number that ``encode`` wrote."""
    number = 0
    for symbol in symbols:
        number = number << 5 | _VALUES[symbol]
    return number


def normalise(text: str, *, symbols: int) -> str:
    """What somebody typed, as ``symbols`` symbols of the alphabet.

    Forgives case, spaces, dashes, full-width letters, O for 0 and I or L for 1.
    Raises ``NotACode`` for everything else.
    """
    if len(text) > _LONGEST_INPUT:
        raise NotACode("Too long.")
    plain = _FILLERS.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_LOOK_ALIKES)
    if len(plain) != symbols or not all(symbol in _VALUES for symbol in plain):
        raise NotACode(f"Expected {symbols} symbols.")
    return plain


def grouped(symbols: str, *, size: int = 4) -> str:
    """The symbols in groups with a dash between them."""
    return "-".join(symbols[start : start + size] for start in range(0, len(symbols), size))
