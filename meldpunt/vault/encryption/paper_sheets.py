"""The seed of a recovery pair on three sheets of paper, of which any two suffice (SLIP-39).

One sheet says nothing about the seed. Words may be cut off after four letters: every word of the
list differs in its first four.
"""

from collections.abc import Sequence

from meldpunt.vault.encryption.errors import SheetsRefused
from meldpunt.vault.encryption.secret_bytes import RecoverySeed

SHEETS, ENOUGH = 3, 2
WORDS_PER_SHEET = 33


def write_sheets(seed: RecoverySeed) -> list[str]:
    """Three sheets of 33 words. Show each to its keeper only, and keep none."""
    from shamir_mnemonic import generate_mnemonics  # only where sheets are written or read

    (sheets,) = generate_mnemonics(1, [(ENOUGH, SHEETS)], seed.material)
    return sheets


def read_sheets(sheets: Sequence[str]) -> RecoverySeed:
    """The seed of two sheets as they were typed.

    Raises:
        SheetsRefused: a word is wrong, the sheets belong to different seeds, or it is one sheet.
    """
    from shamir_mnemonic import MnemonicError, combine_mnemonics

    whole = [_whole_words(sheet) for sheet in sheets]
    try:
        return RecoverySeed(combine_mnemonics(whole))
    except (MnemonicError, ValueError):
        raise SheetsRefused("These sheets do not make a seed.") from None


def _whole_words(sheet: str) -> str:
    from shamir_mnemonic.wordlist import WORDLIST

    by_start = {word[:4]: word for word in WORDLIST}
    words = [by_start.get(word[:4], "") for word in sheet.lower().split()]
    if len(words) != WORDS_PER_SHEET:
        raise SheetsRefused(f"A sheet has {WORDS_PER_SHEET} words, this one {len(words)}.")
    for place, (word, typed) in enumerate(zip(words, sheet.lower().split(), strict=True), 1):
        if not word or not word.startswith(typed):
            raise SheetsRefused(f"Word {place} is not in the list.")
    return " ".join(words)
