"""Editors' exceptions for words, put in force in every process."""

from collections.abc import Sequence

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from portal.pages.memory import remembered
from search import highlights
from search.analysis import analyser_for, fold, use_exceptions
from search.full_text import full_text
from search.models import SearchEntry, WordRule
from search.questions import Question


def put_in_force() -> None:
    """Let the exceptions of this moment count. One query, until an editor changes one."""
    if use_exceptions("nl", remembered("word_rules", _asked)):
        highlights.forget()


def _asked() -> dict[str, tuple[str, ...]]:
    return {word: tokens_of(rule) for rule in WordRule.objects.all() for word in rule.words}


def tokens_of(rule: WordRule) -> tuple[str, ...]:
    """What each form stands for: first the word itself, then its parts as they are looked for."""
    parts = map(analyser_for("nl").lemma, rule.made_of)
    return tuple(dict.fromkeys([fold(rule.lemma), *parts]))


def sources_with(words: Sequence[str]) -> list[str]:
    """Which sources hold one of the words, as written: their tokens are to be made again."""
    found: set[str] = set()
    for word in words:
        question = Question(text=word, language="nl", phrases=(word,))
        sql, asked = full_text().holding(question, every=True)
        holds = RawSQL(sql, asked, output_field=BooleanField())  # noqa: S611
        entries = SearchEntry.objects.filter(holds)
        found.update(entries.filter(language="nl").values_list("source", flat=True))
    return sorted(found)
