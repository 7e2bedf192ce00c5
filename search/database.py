"""Searching in the database of the portal itself: SQLite or PostgreSQL."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nlargest
from operator import itemgetter
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Func, IntegerField, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, Left, Length

from portal.pages.memory import remembered
from search import ranking
from search.admission import findable_by, sort_of
from search.asking import PER_PAGE, Asker, Found, pages_of
from search.facets import Facts, Sieve, alike_of
from search.full_text import full_text
from search.models import SearchEntry
from search.questions import Question

MOST_TITLES = 200
TABLE = SearchEntry._meta.db_table
Place = tuple[int, str]


class Row(NamedTuple):
    """What ranking, counting and filtering need to know of an entry.

    Args:
        stands_on: The page, or less than zero when there is none.
        day: When it was updated, as text; empty when nobody knows.
    """

    pk: int
    stands_on: int
    anchor: str
    kind: str
    theme_ids: str
    municipality_id: int | None
    access_key_id: int
    area_ids: str
    year: str
    title: str
    day: str
    url_path: str


# Rows are asked for their parts in these ways only: thousands come by, and each would take longer
# to get names than to be counted.
PK_OF = itemgetter(Row._fields.index("pk"))
KIND_OF = itemgetter(Row._fields.index("kind"))
PLACE_OF = itemgetter(*map(Row._fields.index, ("stands_on", "anchor")))
FACTS_OF = itemgetter(*map(Row._fields.index, Facts._fields))
NUMBER = IntegerField()
DAY = Coalesce(Cast("updated", TextField()), Value(""), output_field=TextField())
COLUMNS = {
    "stands_on": Coalesce(
        "page_id", Func("pk", template="-(%(expressions)s)"), output_field=NUMBER
    ),
    "day": DAY,
    "year": Left(DAY, 4),
}


class Database:
    """The engine that is always there; the number of its queries does not grow."""

    def search(self, question: Question, asker: Asker, *, every: bool) -> Found:
        """See ``search.asking.Engine``."""
        rows = matching(question, asker, every=every)
        if not rows:
            return Found()
        alike = alike_of(map(PLACE_OF, rows), map(FACTS_OF, rows))
        sieve = Sieve(asker.filters, asker.keys)
        fitting = sieve.fitting(alike)
        chosen = rows
        if not asker.filters.is_empty:
            chosen = [row for row in rows if FACTS_OF(row) in fitting]
        count = sieve.count(alike, fitting)
        page = min(max(1, asker.page), pages_of(count))
        found = in_order(
            chosen, rows, question, every=every, newest_first=asker.filters.newest_first
        )
        return Found(
            total=alike.total(),
            count=count,
            page=page,
            shown=shown(found, (page - 1) * PER_PAGE, min(count, page * PER_PAGE)),
            facets=sieve.facets(alike),
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


def matching(question: Question, asker: Asker, *, every: bool) -> list[tuple[Any, ...]]:
    """The entries that hold what is asked for, as ``Row`` has them, in any order. One query."""
    sql, parameters = full_text().matching(question, every=every)
    rows, own = rows_sql(asker)
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{rows} AND {TABLE}.id IN ({sql})", [*own, *parameters])
        return cursor.fetchall()


def rows_sql(asker: Asker) -> tuple[str, tuple[Any, ...]]:
    """The columns of what may be found, as SQL with a ``WHERE``; empty when that is nothing.

    Writing it takes Django longer than the database takes to answer, so it is kept for each
    sort of visitor.
    """

    def written() -> tuple[str, tuple[Any, ...]]:
        try:
            rows = findable(asker).order_by().annotate(**COLUMNS).values_list(*Row._fields)
            return rows.query.sql_with_params()
        except EmptyResultSet:  # no access key opens for this visitor
            return "", ()

    sort = sort_of(asker.visitor, asker.language, asker.keys)
    return remembered(f"search_rows:{sort}", written)


Take = Callable[[int], list[tuple[int, Any]]]


def in_order(
    chosen: Sequence[tuple[Any, ...]],
    among: Sequence[tuple[Any, ...]],
    question: Question,
    *,
    every: bool,
    newest_first: bool,
) -> Take:
    """Gives so many entries with their places, the best first, or the newest.

    Args:
        chosen: What fits the filters.
        among: What was found without them; says how rare a term is.
        question: Says what to score by.
        every: Whether each of ``among`` holds every term.
        newest_first: Whether the day comes before the score.
    """
    score = scores(among, question, every=every)

    def keys() -> Iterator[tuple[Any, ...]]:
        for row in chosen:
            pk, stands_on, anchor, *_facts, title, day, url_path = row
            order = (score(row), -title.count(" "), day)
            order = (day, *order[:2]) if newest_first else order
            yield order, url_path, anchor, pk, (stands_on, anchor)

    return lambda most: [(pk, place) for *_order, pk, place in nlargest(most, keys())]


def scores(
    among: Sequence[tuple[Any, ...]], question: Question, *, every: bool
) -> Callable[[tuple[Any, ...]], float]:
    """The score of a row."""
    columns = list(ranking.WEIGHTS)
    if every:
        found = full_text().levels(question.terms, columns[:-1])
        sums = ranking.scores_of_all(question.terms, found)
        least = ranking.least(question.terms)
        return lambda row: sums.get(PK_OF(row), least) * ranking.KINDS.get(KIND_OF(row), 1.0)
    found = full_text().levels(question.terms, columns)
    total = ranking.scores(question.terms, found, {PK_OF(row): KIND_OF(row) for row in among})
    return lambda row: total[PK_OF(row)]


def shown(take: Take, start: int, stop: int) -> list[int]:
    """The entries of the places from ``start`` to ``stop``, the first of each.

    Args:
        take: Gives so many entries with their places, in order; a place may come more than once.
        start: From zero.
        stop: At most how many places there are.
    """
    most = 2 * stop + 20
    while True:
        rows = take(most)
        first = first_of_places(rows)
        if len(first) >= stop or len(rows) < most:
            return first[start:stop]
        most *= 4


def first_of_places(rows: Iterable[tuple[int, Any]]) -> list[int]:
    """The first entry of each place."""
    first: dict[Any, int] = {}
    for pk, place in rows:
        first.setdefault(place, pk)
    return list(first.values())
