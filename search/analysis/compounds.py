"""Cutting Dutch compounds: ``buurtoverleg`` is also found by ``overleg``."""

from collections.abc import Iterator
from functools import lru_cache

from search.analysis.lemmas import is_word, lemma_of
from search.analysis.lists import exceptions, words_in
from search.analysis.words import fold

LINKS = ("", "s", "e", "en", "er", "n")
SHORTEST_PART = 4
SHORTEST_OF_ALL = 3  # only for the words in short_words.txt


@lru_cache(maxsize=20_000)
def parts_of(word: str) -> tuple[str, ...]:
    """The words that a Dutch word is made of, from left to right; none when it is not made so.

    Of all ways to cut, the one whose shorter part is longest wins. Parts are cut further.
    """
    cuts = [] if fold(word) in exceptions("nl") else list(_cuts(word))
    if not cuts:
        return ()
    head, tail = max(cuts, key=lambda cut: (min(map(len, cut)), len(cut[0])))
    return tuple(piece for part in (head, tail) for piece in (parts_of(part) or (part,)))


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    for place in range(SHORTEST_OF_ALL, len(word) - SHORTEST_OF_ALL + 1):
        if not _ends_a_compound(word[place:]):
            continue
        for link in LINKS:
            head = word[: place - len(link)]
            if word[:place].endswith(link) and _starts_a_compound(head):
                yield head, word[place:]


def _starts_a_compound(part: str) -> bool:
    return _is_part(part) and part not in words_in("never_first.txt")


def _ends_a_compound(part: str) -> bool:
    """A noun or its plural; an infinitive is the work of a prefix, as in ``voorkomen``."""
    is_infinitive = part.endswith("en") and lemma_of(part, "nl") == part
    return not is_infinitive and _is_part(part) and part not in words_in("never_last.txt")


def _is_part(part: str) -> bool:
    if len(part) < SHORTEST_PART:
        return part in words_in("short_words.txt")
    return is_word(part, "nl")
