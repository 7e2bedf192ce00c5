"""Searching in PostgreSQL, which counts and orders itself: of many thousand rows ten come over.

The answers are those of ``search.database.Database``, place for place; a test compares them.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, FloatField, IntegerField, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from search.asking import PER_PAGE, Asker, Found, pages_of
from search.database import Database, findable, shown
from search.facets import Alike, Facts, Sieve
from search.full_text.postgresql import TABLE, alternatives, wanted
from search.models import SearchEntry
from search.questions import Question
from search.ranking import KINDS, WEIGHTS, rarity

STANDS_ON = f"COALESCE({TABLE}.page_id, -{TABLE}.id)"
FACT = (
    f"concat_ws('|', {TABLE}.kind, {TABLE}.theme_ids, "
    f"COALESCE({TABLE}.municipality_id, 0), {TABLE}.access_key_id, {TABLE}.area_ids, "
    f"COALESCE(extract(year FROM {TABLE}.updated)::text, ''))"
)
BLANKS = f"length({TABLE}.title) - length(replace({TABLE}.title, ' ', ''))"
DAY = f"COALESCE({TABLE}.updated, '0001-01-01'::date)"
COLUMNS = ("pk", "stands_on", "anchor", "fact", "score", "blanks", "day", "path")
LAST = 'path COLLATE "C" DESC, anchor COLLATE "C" DESC, pk DESC'
BEST_FIRST = f"score DESC, blanks, day DESC, {LAST}"
NEWEST_FIRST = f"day DESC, score DESC, blanks, {LAST}"
COUNTED = (
    "SELECT facts, count(*), 0, '' FROM "
    "(SELECT array_agg(fact) AS facts FROM found GROUP BY stands_on, anchor) AS places GROUP BY facts"
)
NEAR = 5  # pages; a later one is asked for when it is known to be there
Rows = list[tuple[int, Any]]


class Ranked(Database):
    """The same engine with the work in the server."""

    def search(self, question: Question, asker: Asker, *, every: bool) -> Found:
        """See ``search.asking.Engine``."""
        among = findable(asker).filter(holds(question, every=every))
        rare = [1.0] * len(question.terms) if every else rarities(question, among)
        rows = scored(among, question, rare, every=every)
        order = NEWEST_FIRST if asker.filters.newest_first else BEST_FIRST
        most = 2 * PER_PAGE * min(max(1, asker.page), NEAR) + 20 if asker.filters.is_empty else 0
        answer = answered(rows, order, most)
        if not answer.alike:
            return Found()
        sieve = Sieve(asker.filters, asker.keys)
        fitting = sieve.fitting(answer.alike)
        count = sieve.count(answer.alike, fitting)
        page = min(max(1, asker.page), pages_of(count))
        if not asker.filters.is_empty:
            names = sorted(map(written, fitting))
            rows = rows.filter(In(RawSQL(FACT, [], output_field=TextField()), names))  # noqa: S611

        def take(number: int) -> Rows:
            return answer.first if number <= most else answered(rows, order, number).first

        return Found(
            total=answer.alike.total(),
            count=count,
            page=page,
            shown=shown(take, (page - 1) * PER_PAGE, min(count, page * PER_PAGE)),
            facets=sieve.facets(answer.alike),
            is_admitted=True,
        )


class Answer(NamedTuple):
    """How many places have the same facts, and the first entries with where they stand."""

    alike: Alike
    first: Rows


def holds(question: Question, *, every: bool) -> RawSQL:
    """What an entry must hold and must not hold, as a condition on its own row."""
    sql, parameters = wanted(question, every=every)
    return RawSQL(sql, parameters, output_field=BooleanField())  # noqa: S611


def scored(
    among: QuerySet[SearchEntry], question: Question, rare: Sequence[float], *, every: bool
) -> QuerySet[SearchEntry]:
    """The entries with all that counting and ordering asks for.

    When each has every term, that gives each the same score: only better places are looked at.
    """
    base = WEIGHTS["any"] * len(question.terms) if every else 0.0
    parts, parameters = [str(base)], []
    for term, weight in zip(question.terms, rare, strict=True):
        for column, level in WEIGHTS.items():
            if column == "any" and every:
                continue
            parts.append(f"%s * ({TABLE}.{column}_vector @@ %s::tsquery)::int")
            parameters += [level * weight, alternatives(term)]
    kinds = " ".join(f"WHEN '{kind}' THEN {part}" for kind, part in KINDS.items())
    score = f"({' + '.join(parts)}) * CASE {TABLE}.kind {kinds} ELSE 1 END"
    return among.order_by().annotate(
        stands_on=RawSQL(STANDS_ON, []),  # noqa: S611
        fact=RawSQL(FACT, []),  # noqa: S611
        score=RawSQL(score, parameters, output_field=FloatField()),  # noqa: S611
        blanks=RawSQL(BLANKS, [], output_field=IntegerField()),  # noqa: S611
        day=RawSQL(DAY, []),  # noqa: S611
        path=F("url_path"),
    )


def answered(rows: QuerySet[SearchEntry], order: str, most: int) -> Answer:
    """Counts, and so many entries in order: of the same rows, which the server finds once. One query."""
    try:
        inner, parameters = rows.values_list(*COLUMNS).query.sql_with_params()
    except EmptyResultSet:  # no access key opens for this visitor
        return Answer(Counter(), [])
    sql = f"""WITH found({", ".join(COLUMNS)}) AS MATERIALIZED ({inner}) {COUNTED} UNION ALL (
        SELECT NULL, pk, stands_on, anchor FROM found ORDER BY {order} LIMIT %s
    )"""  # noqa: S608
    alike: Alike = Counter()
    first: Rows = []
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, most])
        for facts, number, stands_on, anchor in cursor.fetchall():
            if facts is None:
                first.append((number, (stands_on, anchor)))
            else:
                alike[frozenset(map(read, facts))] += number
    return Answer(alike, first)


def read(fact: str) -> Facts:
    """Facts out of the text that the server groups by."""
    kind, themes, municipality, key, areas, year = fact.split("|")
    return Facts(kind, themes, int(municipality) or None, int(key), areas, year)


def written(facts: Facts) -> str:
    """The other way round."""
    return "|".join(
        [
            facts.kind,
            facts.theme_ids,
            str(facts.municipality_id or 0),
            str(facts.access_key_id),
            facts.area_ids,
            facts.year,
        ]
    )


def rarities(question: Question, among: QuerySet[SearchEntry]) -> list[float]:
    """How much each term counts when not every term has to be there. One query."""
    asked = [alternatives(term) for term in question.terms]
    counts = ", ".join("count(*) FILTER (WHERE any_vector @@ %s::tsquery)" for _term in asked)
    try:
        inner, own = among.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # no access key opens for this visitor: nothing is weighed
        return [1.0] * len(question.terms)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), {counts} FROM {TABLE} WHERE id IN ({inner})",  # noqa: S608
            [*asked, *own],
        )
        every, *held = cursor.fetchone()
    return [rarity(number, every) for number in held]
