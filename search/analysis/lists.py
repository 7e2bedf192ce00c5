"""Words that the rules get wrong and words too common to ask for, as data in this folder."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_own: dict[str, Mapping[str, tuple[str, ...]]] = {}
_in_force: dict[str, Mapping[str, tuple[str, ...]]] = {}
FOLDER = Path(__file__).parent / "data"


@cache
def words_in(name: str) -> frozenset[str]:
    """The words of one file, in any order."""
    return frozenset(word for line in _lines(name) for word in line.split())


def stop_words(language: str) -> frozenset[str]:
    """Folded words that carry no question of their own."""
    return words_in(f"stop_words_{language}.txt")


def exceptions(language: str) -> Mapping[str, tuple[str, ...]]:
    """Folded word to the tokens it stands for, first the lemma, then its parts."""
    return _in_force.get(language) or shipped_exceptions(language)


@cache
def shipped_exceptions(language: str) -> Mapping[str, tuple[str, ...]]:
    """Those that come with the program."""
    pairs = (line.partition("=") for line in _lines(f"exceptions_{language}.txt"))
    return {
        word.strip(): tuple(tokens.split()) for words, _, tokens in pairs for word in words.split()
    }


def put_in_force(language: str, own: Mapping[str, tuple[str, ...]]) -> bool:
    """Let editors' exceptions go before those of the program; says whether that changed any."""
    if _own.get(language, {}) == own:
        return False
    _own[language] = dict(own)
    _in_force[language] = {**shipped_exceptions(language), **own}
    return True


def _lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
