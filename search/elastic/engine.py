"""Asking the server, and whether it may be asked."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from wagtail.models import Collection, Page

from portal.pages.memory import remembered
from portal.pages.visibility import (
    Visitor,
    closed_paths,
    collection_restrictions,
    page_restrictions,
)
from search.admission import unseen_kinds
from search.asking import Asker, Found
from search.changes import is_kept
from search.database import findable
from search.elastic import queries
from search.elastic.connection import BREAKER, send
from search.facets import Sieve
from search.models import Change
from search.questions import Question
from search.ranking import rarity

MOST_UNTOLD = 200  # beyond that the database answers, until the server is told


class Elastic:
    """The engine to grow into; raises ``EngineDown`` when it can't answer."""

    def search(self, question: Question, asker: Asker, *, every: bool) -> Found:
        """See ``search.asking.Engine``."""
        fitting = queries.fits(question, admission_of(asker), every=every)
        rarities = [1.0] * len(question.terms) if every else self.rarities(question, fitting)
        query = queries.scored(question, fitting, rarities)
        sieve = Sieve(asker.filters, asker.keys)
        found = self.one_page(query, sieve, asker, max(1, asker.page))
        if found.page > found.pages:
            found = self.one_page(query, sieve, asker, found.pages)
        return found

    def rarities(self, question: Question, fitting: queries.Clause) -> list[float]:
        """How much each term counts when not every term has to be there."""
        answer = ask(queries.how_rare(question, fitting))
        among = answer["hits"]["total"]["value"]
        held = answer["aggregations"]
        return [
            rarity(held[str(at)]["doc_count"], among) for at, _term in enumerate(question.terms)
        ]

    def one_page(self, query: queries.Clause, sieve: Sieve, asker: Asker, page: int) -> Found:
        """Page number ``page``, that may lie beyond the last one."""
        newest_first = asker.filters.newest_first
        answer = ask(queries.search_body(query, sieve, page, newest_first=newest_first))
        counts = answer["aggregations"]
        total, count = places_in(counts["total"]), places_in(counts["chosen"])
        return Found(
            total=total,
            count=count,
            page=page if count else 1,
            shown=[hit["sort"][-1] for hit in answer["hits"]["hits"]],
            facets=sieve.with_counts({name: counted(name, counts, sieve) for name in sieve.chosen})
            if total
            else [],
        )

    def titles(self, words: Sequence[str], asker: Asker) -> list[str]:
        """See ``search.asking.Engine``."""
        answer = ask(queries.titles_body(words, admission_of(asker)))
        pks = [hit["sort"][-1] for hit in answer["hits"]["hits"]]
        return list(findable(asker).filter(pk__in=pks).values_list("title", flat=True))


ELASTIC = Elastic()


def places_in(answer: Mapping[str, Any]) -> int:
    """How many places there are: those with one entry, and the different ones of the others."""
    return int(answer["alone"]["doc_count"] + answer["shared"]["places"]["value"])


def counted(name: str, counts: Mapping[str, Any], sieve: Sieve) -> Counter[str]:
    """How many places each value of a facet leaves, out of an answer."""
    found: Counter[str] = Counter()
    for key, bucket in buckets_of(counts[name]["alone"]):
        found[key] += bucket["doc_count"]
    for key, bucket in buckets_of(counts[name]["shared"]):
        found[key] += bucket["places"]["value"]
    if name == "gemeente":
        names = {str(pk): slug for pk, (slug, _name) in sieve.places.items()}
    elif name == "gebied":
        names = {pk: value for pk, (value, _name) in sieve.areas.items()}
    else:
        return found
    return Counter({names[key]: number for key, number in found.items() if key in names})


def buckets_of(answer: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What was counted for each value, which comes as text or as a number."""
    buckets = answer["values"]["buckets"]
    if isinstance(buckets, dict):
        yield from buckets.items()
    else:
        yield from ((str(bucket["key"]), bucket) for bucket in buckets)


def ask(body: queries.Clause) -> dict[str, Any]:
    """The answer to a search."""
    return send("POST", f"/{settings.SEARCH_INDEX}/_search", body)


def admission_of(asker: Asker) -> queries.Admission:
    """What the visitor may find at this moment. At most two queries."""
    return queries.Admission(
        language=asker.language,
        keys=sorted(key.pk for key in asker.keys),
        closed=closed_pages(asker.visitor),
        shelves=closed_collections(asker.visitor),
        kinds=unseen_kinds(asker.visitor),
        untold=sorted(untold()),
    )


def closed_pages(visitor: Visitor) -> list[int]:
    """The pages at which a branch begins that is closed for the visitor."""
    roots = remembered("search_closed_roots", restricted_pages)
    closed = closed_paths(page_restrictions(), visitor)
    return sorted(roots[path] for path in closed if path in roots)


def closed_collections(visitor: Visitor) -> list[int]:
    """The collections of files at which a branch begins that is closed for the visitor."""
    roots = remembered("search_closed_shelves", restricted_collections)
    closed = closed_paths(collection_restrictions(), visitor)
    return sorted(roots[path] for path in closed if path in roots)


def restricted_collections() -> dict[str, int]:
    """Path to primary key of the collections that have a restriction."""
    collections = Collection.objects.order_by().filter(view_restrictions__isnull=False)
    return dict(collections.values_list("path", "pk"))


def restricted_pages() -> dict[str, int]:
    """Path to primary key of the pages that have a restriction."""
    pages = Page.objects.order_by().filter(view_restrictions__isnull=False)
    return dict(pages.values_list("path", "pk"))


def untold() -> set[str]:
    """The sources that the server knows an older version of. One query."""
    return set(
        Change.objects.filter(was_sent=False).values_list("source", flat=True)[: MOST_UNTOLD + 1]
    )


def is_in_step() -> bool:
    """Whether the server is the one to ask: it answers, and lacks little."""
    return is_kept() and not BREAKER.is_open and not lags()


def lags() -> bool:
    """Whether so much waits that asking for all but that would hide too much."""
    return Change.objects.filter(was_sent=False).count() > MOST_UNTOLD


def is_missed() -> bool:
    """Whether there should be a server that answers."""
    return is_kept() and BREAKER.is_open
