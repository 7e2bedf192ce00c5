"""Searching in PostgreSQL, which counts and orders itself: of many thousand rows ten come over.

The answers are those of ``search.database.Database``, place for place; a test compares them.
"""

from collections import Counter
from collections.abc import Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import FloatField, IntegerField, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from search.asking import PER_PAGE, Asker, Found, pages_of
from search.database import Database, Take, findable, shown
from search.facets import Alike, Facts, Sieve
from search.full_text.postgresql import TABLE, alternatives, matching
from search.models import SearchEntry
from search.questions import Question
from search.ranking import KINDS, WEIGHTS, rarity

PLACE = f"""COALESCE({TABLE}.page_id::text || '#' || {TABLE}.anchor, {TABLE}.id::text)"""
FACT = (
    f"concat_ws('|', {TABLE}.kind, {TABLE}.theme_ids, "
    f"COALESCE({TABLE}.municipality_id, 0), {TABLE}.access_key_id)"
)
BLANKS = f"length({TABLE}.title) - length(replace({TABLE}.title, ' ', ''))"
DAY = f"COALESCE({TABLE}.updated, '0001-01-01'::date)"


class Ranked(Database):
    """The same engine with the work in the server."""

    def search(self, question: Question, asker: Asker, *, every: bool) -> Found:
        """See ``search.asking.Engine``."""
        sql, parameters = matching(question, every=every)
        among = findable(asker).filter(pk__in=RawSQL(sql, parameters))  # noqa: S611
        alike = places_alike(among)
        if not alike:
            return Found()
        sieve = Sieve(asker.filters, asker.keys)
        fitting = sieve.fitting(alike)
        count = sieve.count(alike, fitting)
        page = min(max(1, asker.page), pages_of(count))
        if not asker.filters.is_empty:
            wanted = sorted(map(written, fitting))
            among = among.filter(In(RawSQL(FACT, [], output_field=TextField()), wanted))  # noqa: S611
        rare = [1.0] * len(question.terms) if every else rarities(question, findable(asker))
        found = in_order(among, question, rare, newest_first=asker.filters.newest_first)
        return Found(
            total=alike.total(),
            count=count,
            page=page,
            shown=shown(found, (page - 1) * PER_PAGE, min(count, page * PER_PAGE)),
            facets=sieve.facets(alike),
            is_admitted=True,
        )


def places_alike(among: QuerySet[SearchEntry]) -> Alike:
    """How many places have the same facts. One query."""
    rows = (
        among.order_by()
        .annotate(place=RawSQL(PLACE, []), fact=RawSQL(FACT, []))  # noqa: S611
        .values_list("place", "fact")
    )
    try:
        inner, parameters = rows.query.sql_with_params()
    except EmptyResultSet:  # no access key opens for this visitor
        return Counter()
    sql = f"""SELECT facts, count(*) FROM (
        SELECT array_agg(DISTINCT fact) AS facts FROM ({inner}) AS found(place, fact) GROUP BY place
    ) AS places GROUP BY facts"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return Counter({frozenset(map(read, facts)): many for facts, many in cursor.fetchall()})


def read(fact: str) -> Facts:
    """Facts out of the text that the server groups by."""
    kind, themes, municipality, key = fact.split("|")
    return Facts(kind, themes, int(municipality) or None, int(key))


def written(facts: Facts) -> str:
    """The other way round."""
    return "|".join(
        [facts.kind, facts.theme_ids, str(facts.municipality_id or 0), str(facts.access_key_id)]
    )


def rarities(question: Question, among: QuerySet[SearchEntry]) -> list[float]:
    """How much each term counts when not every term has to be there. One query."""
    asked = [alternatives(term) for term in question.terms]
    sql, parameters = matching(question, every=False)
    counts = ", ".join("count(*) FILTER (WHERE any_vector @@ %s::tsquery)" for _term in asked)
    inner, own = (
        among.order_by().filter(pk__in=RawSQL(sql, parameters)).values("pk").query.sql_with_params()  # noqa: S611
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), {counts} FROM {TABLE} WHERE id IN ({inner})",  # noqa: S608
            [*asked, *own],
        )
        every, *held = cursor.fetchone()
    return [rarity(number, every) for number in held]


def in_order(
    among: QuerySet[SearchEntry], question: Question, rare: Sequence[float], *, newest_first: bool
) -> Take:
    """Gives so many entries with their places, the best first, or the newest. One query each time."""
    parts, parameters = ["0"], []
    for term, weight in zip(question.terms, rare, strict=True):
        for column, level in WEIGHTS.items():
            parts.append(f"%s * ({TABLE}.{column}_vector @@ %s::tsquery)::int")
            parameters += [level * weight, alternatives(term)]
    kinds = " ".join(f"WHEN '{kind}' THEN {part}" for kind, part in KINDS.items())
    score = f"({' + '.join(parts)}) * CASE {TABLE}.kind {kinds} ELSE 1 END"
    order = ["-day", "-score"] if newest_first else ["-score"]
    ordered = among.annotate(
        score=RawSQL(score, parameters, output_field=FloatField()),  # noqa: S611
        blanks=RawSQL(BLANKS, [], output_field=IntegerField()),  # noqa: S611
        day=RawSQL(DAY, []),  # noqa: S611
        place=RawSQL(PLACE, []),  # noqa: S611
    ).order_by(*order, "blanks", *([] if newest_first else ["-day"]), "-pk")
    return lambda most: list(ordered.values_list("pk", "place")[:most])
