"""“Did you mean”: only words that stand in something the visitor may read."""

import re
from math import ceil, floor
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from portal.pages.memory import remembered
from search.analysis import analyser_for
from search.asking import Asker
from search.database import is_held
from search.questions import Question, parse
from search.vocabulary import SHORTEST, known_words

ALIKE = 0.72  # from 0 to 1: one slip in four letters, two in eight
NEAR = 0.8  # a slip of the keyboard: so sure that the answer is given at once
MOST_TRIED = 5


class Near(NamedTuple):
    """A known word, and how much it is like what was typed."""

    word: str
    likeness: float


class Correction(NamedTuple):
    """Another way to write a question; ``is_near`` when it is hardly another one."""

    text: str
    is_near: bool


def correction_for(question: Question, asker: Asker) -> Correction | None:
    """The question with unknown words replaced by the nearest known ones; nothing without any."""
    nearest = {word: near for word in question.words if (near := nearest_word(word, asker))}
    text = question.text
    for word, near in nearest.items():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", near.word, text, flags=re.IGNORECASE)
    if text == question.text:
        return None
    return Correction(text, all(near.likeness >= NEAR for near in nearest.values()))


def nearest_word(word: str, asker: Asker) -> Near | None:
    """The word most like it; nothing when it stands somewhere itself, is too short or like none.

    What this visitor may not find is as unknown as what is nowhere: neither the answer nor
    its absence tells that a word stands in a closed page.
    """
    too_short = len(word) < SHORTEST or not word.isalpha()
    if too_short or analyser_for(asker.language).is_stop_word(word) or stands_in_some(word, asker):
        return None
    return next(
        (near for near in words_like(word, asker) if stands_in_some(near.word, asker)), None
    )


def words_like(word: str, asker: Asker) -> list[Near]:
    """The words under an open key that are most like it, the nearest first."""
    # A word that is much longer or shorter can't be as like as ``ALIKE`` asks.
    near = range(ceil(len(word) * ALIKE), floor(len(word) / ALIKE) + 1)
    known = words_under(tuple(key.pk for key in asker.keys), asker.language)
    some = {one for words in known for length in near for one in words.get(length, "").split(",")}
    found = process.extract(
        word,
        some - {word, ""},
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=ALIKE,
        limit=None,
    )
    nearest = [Near(text, likeness) for text, likeness, _number in found]
    nearest.sort(key=lambda one: (-one.likeness, len(one.word), one.word))
    return nearest[:MOST_TRIED]


def words_under(keys: tuple[int, ...], language: str) -> list[dict[int, str]]:
    """The words under each access key, joined, by how long they are. Asked for when content changes."""
    return remembered(f"search_words:{language}:{keys}", lambda: known_words(keys, language))


def stands_in_some(word: str, asker: Asker) -> bool:
    """Whether the visitor may find an entry that holds the word, in whatever form. One query."""
    return is_held(parse(word, asker.language), asker)
