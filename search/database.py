"""Searching in the database of the portal itself, SQLite or PostgreSQL: it orders and counts.

Of many thousand rows that hold a word, one for each value to filter by comes over, and those of the
page that is shown.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Func, IntegerField, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Length

from portal.pages.memory import remembered
from search.admission import findable_by, sort_of
from search.asking import PER_PAGE, Asker, Found, pages_of
from search.facets import BITS, COLUMNS, Group, Sieve
from search.full_text import full_text
from search.models import SearchEntry
from search.questions import Question, Term
from search.ranking import KINDS, QUARTERS, STEPS, WEIGHTS, rarity

MOST_TITLES = 200
MOST_PLACES = 10_000_000  # more than there are
NEAR = 5  # pages; a later one is asked for when it is known to be there
STANDS_ON = Coalesce(
    "page_id", Func("pk", template="-(%(expressions)s)"), output_field=IntegerField()
)
KEPT = (
    *("id", "stands_on", "anchor", "url_path", "shares_place", "blanks"),
    *("kind", "theme_ids", "municipality_id", "area_ids", "access_key_id", "year"),
)
FACTS = ("missed", *COLUMNS.values())
# All that counting asks of a row, as one text; of a place with several rows they come together.
ROW = " || '|' || ".join(f"COALESCE(CAST({name} AS text), '')" for name in FACTS)
DAY = "COALESCE(updated, '0001-01-01')"
EVERY = "total"  # beside the facets: how many places there are without filters,
FITTING = "count"  # and with all of them
TOGETHER = "together"
FIRST = "first"
TABLE = SearchEntry._meta.db_table
Place = tuple[int, str]
Entries = list[tuple[int, Place]]


class Database:
    """The engine that is always there; the number of its queries does not grow."""

    def search(self, question: Question, asker: Asker, *, every: bool) -> Found:
        """See ``search.asking.Engine``."""
        sieve = Sieve(asker.filters, asker.keys)
        rows = found_sql(question, asker, sieve, every=every)
        if not rows:
            return Found()
        most = 2 * PER_PAGE * min(max(1, asker.page), NEAR) + 20
        answer = counted(rows, most, newest_first=asker.filters.newest_first)
        if not answer.total:
            return Found()
        page = min(max(1, asker.page), pages_of(answer.count))

        def take(number: int) -> Entries:
            if number <= most:
                return answer.first
            return in_order(rows, number, newest_first=asker.filters.newest_first)

        return Found(
            total=answer.total,
            count=answer.count,
            page=page,
            shown=shown(take, (page - 1) * PER_PAGE, min(answer.count, page * PER_PAGE)),
            facets=sieve.facets(answer.groups, answer.together),
            is_admitted=True,
        )

    def titles(self, words: Sequence[str], asker: Asker) -> list[str]:
        """See ``search.asking.Engine``."""
        sql, parameters = full_text().starting(words)
        found = findable(asker).filter(pk__in=RawSQL(sql, parameters))  # noqa: S611
        return list(
            found.order_by(Length("title"), "title").values_list("title", flat=True)[:MOST_TITLES]
        )


@dataclass
class Answer:
    """What is counted of the rows that fit, and the first of them in order.

    Args:
        total: How many places there are without filters.
        count: How many with.
        groups: Of places with one row, for each facet by its value.
        together: How many places hold the same rows together.
    """

    total: int = 0
    count: int = 0
    groups: list[Group] = field(default_factory=list)
    together: Counter[str] = field(default_factory=Counter)
    first: Entries = field(default_factory=list)


Sql = tuple[str, list[Any]]


def findable(asker: Asker) -> QuerySet[SearchEntry]:
    """The entries that may come into an answer."""
    return findable_by(asker.visitor, asker.language, asker.keys)


def rows_sql(asker: Asker) -> Sql | None:
    """The rows of what may be found, as SQL that ends in a condition; nothing when that is nothing.

    Writing it takes Django longer than the database takes to answer, so it is kept for each
    sort of visitor.
    """

    def written() -> Sql | None:
        try:
            rows = findable(asker).order_by().annotate(stands_on=STANDS_ON, **full_text().CARRIED)
            names = {*KEPT, "updated", *full_text().CARRIED}
            sql, parameters = rows.values_list(*names).query.sql_with_params()
        except EmptyResultSet:  # no access key opens for this visitor
            return None
        return sql, list(parameters)

    sort = sort_of(asker.visitor, asker.language, asker.keys)
    return remembered(f"search_rows:{sort}", written)


def is_held(question: Question, asker: Asker) -> bool:
    """Whether something that the visitor may find holds a question. One query.

    PostgreSQL would look through the whole table for the first such row; apart from the limit it
    asks the index.
    """
    rows = rows_sql(asker)
    if rows is None:
        return False
    condition, asked = full_text().holding(question, every=True)
    held = f"WITH held AS {full_text().APART} ({rows[0]} AND {condition})"
    return bool(told(f"{held} SELECT 1 FROM held LIMIT 1", [*rows[1], *asked]))  # noqa: S608


def found_sql(question: Question, asker: Asker, sieve: Sieve, *, every: bool) -> Sql | None:
    """The rows that fit a question, each with its score and the filters that it misses."""
    rows = rows_sql(asker)
    if rows is None:
        return None
    condition, asked = full_text().holding(question, every=every)
    among: Sql = (f"{rows[0]} AND {condition}", [*rows[1], *asked])
    is_weighed = question.terms and not every
    rare = rarities(question, among) if is_weighed else [1.0] * len(question.terms)
    score, weighed = score_sql(question, rare, every=every)
    missed, chosen = missed_sql(sieve)
    sql = f"""SELECT {", ".join(KEPT)}, {score} AS score, {missed} AS missed,
        {DAY} AS day FROM ({among[0]}) AS entry"""  # noqa: S608
    return sql, [*weighed, *chosen, *among[1]]


def score_sql(question: Question, rare: Sequence[float], *, every: bool) -> Sql:
    """The score of a row (``search.ranking``), as a whole number that orders alike.

    When each row has every term, that gives each the same: only better places are looked at.
    """
    least = STEPS * WEIGHTS["any"] * len(question.terms) if every else 0
    parts, parameters = [f"{least:.0f}"], []
    for term, weight in zip(question.terms, rare, strict=True):
        for column, level in WEIGHTS.items():
            if column == "any" and every:
                continue
            holds, asked = full_text().stands(term, column)
            parts.append(f"CASE WHEN {holds} THEN {STEPS * level * weight:.0f} ELSE 0 END")
            parameters += asked
    kinds = " ".join(f"WHEN '{kind}' THEN {QUARTERS * part:.0f}" for kind, part in KINDS.items())
    return f"({' + '.join(parts)}) * CASE kind {kinds} ELSE {QUARTERS} END", parameters


def missed_sql(sieve: Sieve) -> Sql:
    """The filters that leave a row out, as a sum of ``search.facets.BITS``."""
    parts, parameters = ["0"], []
    for name, chosen in sieve.chosen.items():
        if chosen:
            fits, asked = sieve.fitting(name)
            parts.append(f"CASE WHEN {fits} THEN 0 ELSE {BITS[name]} END")
            parameters += asked
    return " + ".join(parts), parameters


def rarities(question: Question, among: Sql) -> list[float]:
    """How much each term counts when not every term has to be there. One query."""
    counts, parameters = [], []
    for term in question.terms:
        holds, asked = full_text().stands(term, "any")
        counts.append(f"count(CASE WHEN {holds} THEN 1 END)")
        parameters += asked
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), {', '.join(counts)} FROM ({among[0]}) AS entry",  # noqa: S608
            [*parameters, *among[1]],
        )
        every, *held = cursor.fetchone()
    return [rarity(number, every) for number in held]


def counted(rows: Sql, most: int, *, newest_first: bool) -> Answer:
    """Counts, and so many entries in order: of the same rows, which are found once. One query.

    Places with one row are counted by all that can be filtered by first, and then for each facet
    by its value: the second step has few rows to go through.
    """
    names = ", ".join(FACTS)
    steps = [
        f"SELECT '{EVERY}', '', CAST(sum(number) AS bigint), 0 FROM alone",  # noqa: S608
        f"SELECT '{FITTING}', '', CAST(sum(number) AS bigint), 0 FROM alone WHERE missed = 0",  # noqa: S608
        *(
            f"SELECT '{name}', CAST({column} AS text), CAST(sum(number) AS bigint), 0 FROM alone "  # noqa: S608
            f"WHERE missed IN (0, {BITS[name]}) GROUP BY {column}"
            for name, column in COLUMNS.items()
        ),
        f"SELECT '{TOGETHER}', told, count(*), 0 FROM ("  # noqa: S608
        f"SELECT {full_text().JOINED.format(ROW)} AS told FROM found WHERE shares_place "
        "GROUP BY stands_on, anchor) AS places GROUP BY told",
        f"SELECT * FROM ({first_sql(newest_first=newest_first)}) AS top",  # noqa: S608
    ]
    sql = f"""WITH found AS MATERIALIZED ({rows[0]}), alone AS MATERIALIZED (
        SELECT {names}, count(*) AS number FROM found WHERE NOT shares_place GROUP BY {names}
    ) {" UNION ALL ".join(steps)}"""  # noqa: S608
    answer = Answer()
    for what, text, number, stands_on in told(sql, [*rows[1], most]):
        if what == FIRST:
            answer.first.append((number, (stands_on, text)))
        elif what == EVERY:
            answer.total += number or 0
        elif what == FITTING:
            answer.count += number or 0
        elif what == TOGETHER:
            answer.together[text] += number
            answer.total += number
            answer.count += number if is_let_through(text) else 0
        else:
            answer.groups.append(Group(what, text or "", number))
    return answer


def is_let_through(together: str) -> bool:
    """Whether one of the rows in a place fits every filter."""
    return any(row.startswith("0|") for row in together.split(","))


def in_order(rows: Sql, most: int, *, newest_first: bool) -> Entries:
    """So many entries with their places, the best first, or the newest. One query."""
    found = told(
        f"WITH found AS ({rows[0]}) {first_sql(newest_first=newest_first)}", [*rows[1], most]
    )
    return [(pk, (stands_on, anchor)) for _what, anchor, pk, stands_on in found]


def everything(question: Question, asker: Asker, *, every: bool) -> Entries:
    """All that fits a question, in order."""
    rows = found_sql(question, asker, Sieve(asker.filters, asker.keys), every=every)
    return in_order(rows, MOST_PLACES, newest_first=asker.filters.newest_first) if rows else []


def columns_with(terms: Sequence[Term], entry: SearchEntry) -> list[list[str]]:
    """The columns of ``search.ranking.WEIGHTS`` in which an entry holds each term. One query."""
    asked = [full_text().stands(term, column) for term in terms for column in WEIGHTS]
    if not asked:
        return []
    held = ", ".join(f"CASE WHEN {sql} THEN 1 ELSE 0 END" for sql, _parameters in asked)
    parameters = [each for _sql, some in asked for each in some]
    (found,) = told(f"SELECT {held} FROM {TABLE} WHERE id = %s", [*parameters, entry.pk])  # noqa: S608
    width = len(WEIGHTS)
    return [list(compress(WEIGHTS, found[at : at + width])) for at in range(0, len(found), width)]


def first_sql(*, newest_first: bool) -> str:
    """The first rows of what was found; equal scores in an order that every database has."""
    binary = f"COLLATE {full_text().BINARY}"
    last = f"url_path {binary} DESC, anchor {binary} DESC, id DESC"
    order = "day DESC, score DESC, blanks" if newest_first else "score DESC, blanks, day DESC"
    return (
        f"SELECT '{FIRST}', anchor, id, stands_on FROM found WHERE missed = 0 "  # noqa: S608
        f"ORDER BY {order}, {last} LIMIT %s"
    )


def told(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What the database says to a question."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def shown(take: Callable[[int], Entries], start: int, stop: int) -> list[int]:
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
