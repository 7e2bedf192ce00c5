"""Searching in the database of the portal itself: SQLite or PostgreSQL."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from portal.pages.memory import remembered
from search import ranking
from search.admission import findable_by, sort_of
from search.asking import PER_PAGE, Asker, Found, pages_of
from search.facets import Sieve
from search.full_text import full_text
from search.models import SearchEntry
from search.questions import Question

MOST_TITLES = 200
TABLE = SearchEntry._meta.db_table
Place = tuple[int | None, str] | int


class Row(NamedTuple):
    """What ranking, counting and filtering need to know of an entry."""

    pk: int
    kind: str
    page_id: int | None
    anchor: str
    municipality_id: int | None
    theme_ids: str
    access_key_id: int
    updated: date | str | None  # SQLite keeps a day as text; both sort alike as text
    title: str

    @property
    def place(self) -> Place:
        """Where it stands; what a page says to several audiences stands in one place."""
        return (self.page_id, self.anchor) if self.page_id else self.pk


class Database:
    """The engine that is always there; the number of its queries does not grow."""

    def search(self, question: Question, asker: Asker, *, every: bool) -> Found:
        """See ``search.asking.Engine``."""
        rows = matching(question, asker, every=every)
        if not rows:
            return Found()
        sieve = Sieve(asker.filters, asker.keys)
        chosen = rows if asker.filters.is_empty else [row for row in rows if sieve.fits(row)]
        ordered = in_order(chosen, rows, question, newest_first=asker.filters.newest_first)
        page = min(max(1, asker.page), pages_of(len(ordered)))
        return Found(
            total=len({row.place for row in rows}),
            count=len(ordered),
            page=page,
            shown=[row.pk for row in ordered[(page - 1) * PER_PAGE : page * PER_PAGE]],
            facets=sieve.facets(rows),
            is_admitted=True,
        )

    def titles(self, words: Sequence[str], asker: Asker) -> list[str]:
        """See ``search.asking.Engine``."""
        sql, parameters = full_text().starting(words)
        found = findable(asker).filter(pk__in=RawSQL(sql, parameters))  # noqa: S611
        return list(
            found.order_by(Length("title"), "title").values_list("title", flat=True)[:MOST_TITLES]
        )


def findable(asker: Asker) -> QuerySet[SearchEntry]:
    """The entries that may come into an answer."""
    return findable_by(asker.visitor, asker.language, asker.keys)


def matching(question: Question, asker: Asker, *, every: bool) -> list[Row]:
    """The entries that hold what is asked for, in any order. One query."""
    sql, parameters = full_text().matching(question, every=every)
    rows, own = rows_sql(asker)
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{rows} AND {TABLE}.id IN ({sql})", [*own, *parameters])
        return list(map(Row._make, cursor.fetchall()))


def rows_sql(asker: Asker) -> tuple[str, tuple[Any, ...]]:
    """The columns of what may be found, as SQL with a ``WHERE``; empty when that is nothing.

    Writing it takes Django longer than the database takes to answer, so it is kept for each
    sort of visitor.
    """

    def written() -> tuple[str, tuple[Any, ...]]:
        try:
            rows = findable(asker).order_by().values_list(*Row._fields)
            return rows.query.sql_with_params()
        except EmptyResultSet:  # no access key opens for this visitor
            return "", ()

    sort = sort_of(asker.visitor, asker.language, asker.keys)
    return remembered(f"search_rows:{sort}", written)


def in_order(
    chosen: Sequence[Row], among: Sequence[Row], question: Question, *, newest_first: bool
) -> list[Row]:
    """The best first, or the newest; each place once.

    Args:
        chosen: What fits the filters.
        among: What was found without them; says how rare a term is.
        question: Says what to score by.
        newest_first: Whether the day comes before the score.
    """
    score = scores(among, question)
    ordered = sorted(chosen, key=lambda row: (str(row.updated or ""), row.pk), reverse=True)
    ordered.sort(key=lambda row: (-score[row.pk], row.title.count(" ")))
    if newest_first:
        ordered.sort(key=lambda row: str(row.updated or ""), reverse=True)
    return once(ordered)


def scores(among: Sequence[Row], question: Question) -> dict[int, float]:
    """Primary key to score."""
    found = full_text().levels(question.terms, list(ranking.WEIGHTS))
    return ranking.scores(question.terms, found, {row.pk: row.kind for row in among})


def once(rows: Iterable[Row]) -> list[Row]:
    """The first row of each place."""
    first: dict[Place, Row] = {}
    for row in rows:
        first.setdefault(row.place, row)
    return list(first.values())
