"""Searching in the database of the portal itself: SQLite or PostgreSQL."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from search import ranking
from search.admission import findable_by
from search.asking import PER_PAGE, Asker, Found, pages_of
from search.facets import Sieve
from search.full_text import full_text
from search.models import SearchEntry
from search.questions import Question

MOST_TITLES = 200
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
    updated: date | None
    title: str

    @property
    def place(self) -> Place:
        """Where it stands; what a page says to several audiences stands in one place."""
        return (self.page_id, self.anchor) if self.page_id else self.pk


class Database:
    """The engine that is always there; the number of its queries does not grow."""

    def search(self, question: Question, asker: Asker, *, every: bool) -> Found:
        """See ``search.asking.Engine``."""
        rows = matching(question, findable(asker), every=every)
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


def matching(question: Question, among: QuerySet[SearchEntry], *, every: bool) -> list[Row]:
    """The entries that hold what is asked for, in any order."""
    sql, parameters = full_text().matching(question, every=every)
    rows = among.filter(pk__in=RawSQL(sql, parameters)).values_list(*Row._fields)  # noqa: S611
    return [Row._make(row) for row in rows]


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
    oldest = date.min

    def by_score(row: Row) -> tuple[float, int, int, int]:
        length = row.title.count(" ")
        return (-score[row.pk], length, -(row.updated or oldest).toordinal(), -row.pk)

    ordered = sorted(chosen, key=by_score)
    if newest_first:
        ordered.sort(key=lambda row: row.updated or oldest, reverse=True)
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
