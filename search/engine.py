"""Answering a question: only from what this visitor may read."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from portal.pages.visibility import Visitor
from search import ranking
from search.admission import admitted_keys, findable_by
from search.analysis.words import literal
from search.corrections import correction_for
from search.facets import Sieve
from search.full_text import full_text
from search.models import SearchEntry
from search.questions import Question, loosened, parse
from search.results import Filters, Results
from search.showing import hits_of
from search.synonyms import synonyms_for

PER_PAGE = 10


class Row(NamedTuple):
    """What ranking, counting and filtering need to know of an entry."""

    pk: int
    kind: str
    page_id: int | None
    anchor: str
    municipality_id: int | None
    theme_ids: str
    access_key_id: int
    updated: date | None
    title: str


def find(
    text: str, *, user: Visitor, filters: Filters | None = None, page: int = 1, language: str = "nl"
) -> Results:
    """The best results for what a visitor typed.

    Counts, facets, highlights and corrections come from the same rows as the hits: those that
    ``findable_by`` gives this visitor. At most nine queries, however much there is.

    Args:
        text: Anything; see ``search.questions.parse``.
        user: Whose roles of this moment count.
        filters: What to leave out; nothing without it.
        page: From one; beyond the last it is the last.
        language: ``nl`` or ``en``: whose pages, and whose rules.
    """
    filters = filters or Filters()
    question = parse(text, language, synonyms_for(language))
    if question.is_empty:
        return Results(question=question.text, filters=filters)
    keys = admitted_keys(user)
    findable = findable_by(user, language, keys)
    rows, question, is_partial = answered(question, findable)
    ordered = in_order(rows, question, filters)
    sieve = Sieve(filters, keys)
    chosen = ordered if filters.is_empty else [row for row in ordered if sieve.fits(row)]
    pages = max(1, -(-len(chosen) // PER_PAGE))
    page = min(max(1, page), pages)
    shown = [row.pk for row in chosen[(page - 1) * PER_PAGE : page * PER_PAGE]]
    return Results(
        question=question.text,
        hits=hits_of(shown, question),
        count=len(chosen),
        page=page,
        pages=pages,
        facets=sieve.facets(ordered),
        is_partial=is_partial,
        correction=correction_for(question, keys) if is_partial or not ordered else "",
        filters=filters,
    )


def answered(
    question: Question, findable: QuerySet[SearchEntry]
) -> tuple[list[Row], Question, bool]:
    """Entries with everything asked for; else with compounds cut; else with some of it."""
    attempts = [(question, True), (loosened(question), True)]
    if len(question.terms) > 1:
        attempts.append((loosened(question), False))
    for attempt, every in attempts:
        sql, parameters = full_text().matching(attempt, every=every)
        rows = findable.filter(pk__in=RawSQL(sql, parameters)).values_list(*Row._fields)  # noqa: S611
        if found := [Row._make(row) for row in rows]:
            return found, attempt, not every
    return [], question, False


def in_order(rows: Sequence[Row], question: Question, filters: Filters) -> list[Row]:
    """The best first, or the newest; each place of a page once."""
    columns = list(ranking.WEIGHTS)
    found = full_text().levels(question.terms, columns)
    score = ranking.scores(question.terms, found, {row.pk: row.kind for row in rows})
    oldest = date.min

    def by_score(row: Row) -> tuple[float, int, int, int]:
        length = row.title.count(" ")
        return (-round(score[row.pk], 6), length, -(row.updated or oldest).toordinal(), -row.pk)

    ordered = sorted(rows, key=by_score)
    places = {(row.page_id or f"entry:{row.pk}", row.anchor): row for row in reversed(ordered)}
    once = [row for row in ordered if places[row.page_id or f"entry:{row.pk}", row.anchor] is row]
    if filters.newest_first:
        once.sort(key=lambda row: row.updated or oldest, reverse=True)
    return once


def suggestions(text: str, *, user: Visitor, language: str = "nl", most: int = 8) -> list[str]:
    """Titles that hold what was typed so far, the shortest first; none below three letters."""
    words = literal(text[:100]).split()[:8]
    if len("".join(words)) < 3:
        return []
    sql, parameters = full_text().starting(words)
    titles = (
        findable_by(user, language, admitted_keys(user))
        .filter(pk__in=RawSQL(sql, parameters))  # noqa: S611
        .values_list("title", flat=True)[:200]
    )
    return sorted(set(titles), key=lambda title: (len(title), title))[:most]
