"""Words that the rules get wrong and words too common to ask for, as data in this folder."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


@cache
def words_in(name: str) -> frozenset[str]:
    """The words of one file, in any order."""
    return frozenset(word for line in _lines(name) for word in line.split())


def stop_words(language: str) -> frozenset[str]:
    """Folded words that carry no question of their own."""
    return words_in(f"stop_words_{language}.txt")


@cache
def exceptions(language: str) -> dict[str, tuple[str, ...]]:
    """Folded word to the tokens it stands for, first the lemma, then its parts."""
    pairs = (line.partition("=") for line in _lines(f"exceptions_{language}.txt"))
    return {
        word.strip(): tuple(tokens.split()) for words, _, tokens in pairs for word in words.split()
    }


def _lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
