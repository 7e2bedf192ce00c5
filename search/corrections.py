"""“Did you mean”: only words that stand in something the visitor may read."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from portal.pages.memory import remembered
from search.analysis import analyser_for, words_of
from search.models import AccessKey, SearchEntry
from search.questions import Question

SHORTEST = 4
ALIKE = 0.72  # from 0 to 1: one slip in four letters, two in eight


def correction_for(question: Question, keys: Sequence[AccessKey]) -> str:
    """The question with unknown words replaced by the nearest known ones; empty without any."""
    known = set().union(*(vocabulary(key, question.language) for key in keys))
    corrected = question.text
    for word in question.words:
        if nearest := nearest_word(word, known, question.language):
            corrected = re.sub(
                rf"(?<!\w){re.escape(word)}(?!\w)", nearest, corrected, flags=re.IGNORECASE
            )
    return corrected if corrected != question.text else ""


def nearest_word(word: str, known: Iterable[str], language: str) -> str:
    """The known word most like it; empty when it is known itself, too short or like none."""
    if len(word) < SHORTEST or word in known or analyser_for(language).is_stop_word(word):
        return ""
    found = process.extractOne(
        word, known, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=ALIKE
    )
    return found[0] if found else ""


def vocabulary(key: AccessKey, language: str) -> frozenset[str]:
    """Every word of the entries under one key. One query, until content changes."""
    return remembered(f"words:{language}:{key.pk}", lambda: _words_under(key, language))


def _words_under(key: AccessKey, language: str) -> frozenset[str]:
    said = SearchEntry.objects.filter(access_key=key, language=language).values_list(
        "title", "text"
    )
    pieces: set[str] = set()  # most words come back in every text: each is looked at once
    for title, text in said.iterator():
        pieces.update(title.split(), text.split())
    return frozenset(
        word
        for piece in pieces
        for word in words_of(piece)
        if len(word) >= SHORTEST and word.isalpha()
    )
