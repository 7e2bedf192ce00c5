"""Answering a question: only from what this visitor may read."""

from collections.abc import Iterator
from dataclasses import replace

from portal.pages.visibility import Visitor
from search.admission import admitted_keys
from search.analysis.words import literal
from search.asking import Asker, Engine, Found
from search.best_bets import best_bets_for
from search.corrections import correction_for
from search.database import Database, findable
from search.elastic import engine as elastic
from search.elastic.connection import EngineDown
from search.questions import Question, loosened, parse
from search.results import Filters, Results
from search.showing import hits_of
from search.synonyms import synonyms_for
from search.word_rules import put_in_force

DATABASE = Database()


def find(
    text: str, *, user: Visitor, filters: Filters | None = None, page: int = 1, language: str = "nl"
) -> Results:
    """The best results for what a visitor typed.

    Counts, facets, highlights and corrections come from the same entries as the hits: those that
    ``search.admission`` gives this visitor. The number of queries is bounded, however much there is.

    Args:
        text: Anything; see ``search.questions.parse``.
        user: Whose roles of this moment count.
        filters: What to leave out; nothing without it.
        page: From one; beyond the last it is the last.
        language: ``nl`` or ``en``: whose pages, and whose rules.
    """
    filters = filters or Filters()
    put_in_force()
    question = parse(text, language, synonyms_for(language))
    if question.is_empty:
        return Results(question=question.text, filters=filters)
    asker = Asker(user, language, admitted_keys(user), filters, page)
    if elastic.is_in_step():
        try:
            return answered(question, asker, elastic.ELASTIC)
        except EngineDown:
            return replace(answered(question, asker, DATABASE), is_limited=True)
    return replace(answered(question, asker, DATABASE), is_limited=elastic.is_missed())


def answered(question: Question, asker: Asker, engine: Engine) -> Results:
    """Entries with everything asked for; else spelled otherwise; else with some of it."""
    tried = attempts(question)
    for attempt in tried:
        if (found := engine.search(attempt, asker, every=True)).total:
            return results_of(found, attempt, asker, text=question.text)
    correction = correction_for(question, asker)
    if correction and correction.is_near:
        corrected = parse(correction.text, asker.language, synonyms_for(asker.language))
        for attempt in attempts(corrected):
            if (found := engine.search(attempt, asker, every=True)).total:
                results = results_of(found, attempt, asker, text=question.text)
                return replace(results, instead=correction.text)
    found = Found()
    if len(question.terms) > 1:
        found = engine.search(tried[-1], asker, every=False)
    results = results_of(found, tried[-1], asker, text=question.text)
    other = correction.text if correction else ""
    return replace(results, is_partial=bool(found.total), correction=other)


def attempts(question: Question) -> list[Question]:
    """The question, and the same with each compound also as its parts."""
    return [question, loosened(question)]


def results_of(found: Found, question: Question, asker: Asker, *, text: str) -> Results:
    """What was found as a page of results."""
    return Results(
        question=text,
        hits=hits_of(
            found.shown,
            question,
            among=None if found.is_admitted else findable(asker),
        ),
        best_bets=best_bets_for(text, visitor=asker.visitor, language=asker.language)
        if found.page == 1
        else [],
        count=found.count,
        page=found.page,
        pages=found.pages,
        facets=found.facets,
        filters=asker.filters,
    )


def suggestions(text: str, *, user: Visitor, language: str = "nl", most: int = 8) -> list[str]:
    """Titles that hold what was typed so far, the shortest first; none below three letters."""
    words = literal(text[:100]).split()[:8]
    if len("".join(words)) < 3:
        return []
    asker = Asker(user, language, admitted_keys(user), Filters(), 1)
    for engine in engines():
        try:
            titles = set(engine.titles(words, asker))
        except EngineDown:
            continue
        return sorted(titles, key=lambda title: (len(title), title))[:most]
    return []


def engines() -> Iterator[Engine]:
    """The engine of choice, and the one that is always there."""
    if elastic.is_in_step():
        yield elastic.ELASTIC
    yield DATABASE
