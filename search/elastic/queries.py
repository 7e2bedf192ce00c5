"""Questions in the language of the server: plain data, so that a test can hold them fast."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.asking import MOST_PAGES, PER_PAGE
from search.facets import EVERYBODY, NETWORK, Sieve
from search.questions import Question, Term
from search.ranking import KINDS, WEIGHTS

Clause = dict[str, Any]
PLACES: Clause = {"cardinality": {"field": "place", "precision_threshold": 40000}}
SHARED: Clause = {"term": {"shares_place": True}}
ALONE: Clause = {"term": {"shares_place": False}}
# An index of before ``shares_place`` refuses to sort by it: then the database answers.
LAST = [{"address": "desc"}, {"shares_place": "asc"}, {"pk": "desc"}]
BEST_FIRST = [{"_score": "desc"}, {"blanks": "asc"}, {"updated": "desc"}, *LAST]
NEWEST_FIRST = [{"updated": "desc"}, {"_score": "desc"}, {"blanks": "asc"}, *LAST]
MOST_TITLES = 200
MOST_YEARS = 100


@dataclass(frozen=True)
class Admission:
    """What a visitor may find at this moment.

    Args:
        keys: Primary keys of the open access keys.
        closed: Primary keys of pages that are closed for the visitor, with all below them.
        shelves: The same of collections of files.
        kinds: What the visitor finds nothing of, whatever the keys say.
        untold: Sources that the server has an older version of.
    """

    language: str
    keys: Sequence[int]
    closed: Sequence[int]
    untold: Sequence[str]
    shelves: Sequence[int] = ()
    kinds: Sequence[str] = ()

    @property
    def clauses(self) -> Clause:
        """The two locks of ``search.admission``, and nothing that is out of date."""
        never: list[Clause] = []
        if self.closed:
            never.append({"terms": {"branches": list(self.closed)}})
        if self.kinds:
            never.append({"terms": {"kind": list(self.kinds)}})
        if self.shelves:
            never.append({"terms": {"collections": list(self.shelves)}})
        if self.untold:
            never.append({"terms": {"source": list(self.untold)}})
        return {
            "filter": [
                {"term": {"language": self.language}},
                {"terms": {"access_key": list(self.keys)}},
            ],
            "must_not": never,
        }


def holds(term: Term, column: str) -> Clause:
    """Any alternative of a term, whole, in one column of tokens."""
    field = f"{column}_tokens"
    each = [
        {"bool": {"filter": [{"term": {field: token}} for token in one]}}
        for one in term.alternatives
    ]
    return each[0] if len(each) == 1 else {"bool": {"should": each, "minimum_should_match": 1}}


def phrase(words: str) -> Clause:
    """Words one after the other, in the title or in the text."""
    fields = ("title_words", "body_words")
    each = [{"match_phrase": {field: words}} for field in fields]
    return {"bool": {"should": each, "minimum_should_match": 1}}


def fits(question: Question, admission: Admission, *, every: bool) -> Clause:
    """What an entry must hold and must not hold, and who may find it."""
    clauses = admission.clauses
    terms = [holds(term, "any") for term in question.terms]
    if terms and not every:
        terms = [{"bool": {"should": terms, "minimum_should_match": 1}}]
    return {
        "bool": {
            "filter": [*clauses["filter"], *terms, *map(phrase, question.phrases)],
            "must_not": [
                *clauses["must_not"],
                *(holds(term, "any") for term in question.unwanted),
                *map(phrase, question.unwanted_phrases),
            ],
        }
    }


def scored(question: Question, fitting: Clause, rarities: Sequence[float]) -> Clause:
    """The same entries with the scores of ``search.ranking``, as sums of constants."""
    levels = [
        {"constant_score": {"filter": holds(term, column), "boost": weight * rare}}
        for term, rare in zip(question.terms, rarities, strict=True)
        for column, weight in WEIGHTS.items()
        if rare
    ]
    wanted = {**fitting["bool"], "should": levels, "minimum_should_match": 0}
    less = [{"filter": {"term": {"kind": kind}}, "weight": part} for kind, part in KINDS.items()]
    return {
        "function_score": {
            "query": {"bool": wanted},
            "functions": less,
            "score_mode": "multiply",
            "boost_mode": "multiply",
        }
    }


def how_rare(question: Question, fitting: Clause) -> Clause:
    """Asks how many of the fitting entries hold each term."""
    counts = {str(at): {"filter": holds(term, "any")} for at, term in enumerate(question.terms)}
    return {"size": 0, "track_total_hits": True, "query": fitting, "aggs": counts}


def search_body(query: Clause, sieve: Sieve, page: int, *, newest_first: bool) -> Clause:
    """One page of places, how many there are, and how many each filter leaves."""
    chosen = {
        name: narrowed(name, values, sieve) for name, values in sieve.chosen.items() if values
    }
    body: Clause = {
        "query": query,
        "from": (min(page, MOST_PAGES) - 1) * PER_PAGE,
        "size": PER_PAGE,
        "track_total_hits": False,
        "collapse": {"field": "place"},
        "sort": NEWEST_FIRST if newest_first else BEST_FIRST,
        "aggs": {
            "total": in_places([], None),
            "chosen": in_places(chosen.values(), None),
            **{
                name: in_places(
                    (clause for other, clause in chosen.items() if other != name),
                    values_of(name, sieve),
                )
                for name in sieve.chosen
            },
        },
    }
    if chosen:
        body["post_filter"] = all_of(chosen.values())
    return body


def in_places(clauses: Iterable[Clause], values: Clause | None) -> Clause:
    """Counts places, all of them or for each value: an entry for each, but for those with several.

    Telling the different places among very many entries costs the server more than the rest
    of a question, so it does that for those only.
    """
    told: Clause = {"places": PLACES}
    return {
        "filter": all_of(clauses),
        "aggs": {
            "alone": {"filter": ALONE, **({"aggs": {"values": values}} if values else {})},
            "shared": {
                "filter": SHARED,
                "aggs": {"values": {**values, "aggs": told}} if values else told,
            },
        },
    }


def all_of(clauses: Iterable[Clause]) -> Clause:
    """Every one of the clauses; everything when there is none."""
    return {"bool": {"filter": list(clauses)}}


def narrowed(name: str, values: frozenset[str], sieve: Sieve) -> Clause:
    """What fits one of the chosen values of a facet."""
    if name == "jaar":
        return {"terms": {"year": sorted(map(int, values))}}
    every = groups_of(name, sieve)
    return {
        "bool": {
            "should": [every[value] for value in sorted(values) if value in every],
            "minimum_should_match": 1,
        }
    }


def values_of(name: str, sieve: Sieve) -> Clause:
    """Counts each value of a facet."""
    if name == "soort":
        return {"terms": {"field": "kind", "size": len(sieve.kinds)}}
    if name == "gemeente":
        return {"terms": {"field": "municipality", "size": max(1, len(sieve.places))}}
    if name == "gebied":
        return {"terms": {"field": "areas", "size": max(1, len(sieve.areas))}}
    if name == "jaar":
        return {"terms": {"field": "year", "size": MOST_YEARS}}
    return {"filters": {"filters": groups_of(name, sieve) or {"": {"match_none": {}}}}}


def groups_of(name: str, sieve: Sieve) -> Mapping[str, Clause]:
    """Value of a facet to what fits it."""
    if name == "soort":
        return {kind: {"term": {"kind": kind}} for kind in sieve.kinds}
    if name == "gemeente":
        return {slug: {"term": {"municipality": pk}} for pk, (slug, _name) in sieve.places.items()}
    if name == "gebied":
        return {value: {"term": {"areas": int(pk)}} for pk, (value, _name) in sieve.areas.items()}
    if name == "thema":
        return {
            slug: {
                "terms": {
                    "themes": [
                        int(other)
                        for other, (_slug, _name, parent) in sieve.themes.items()
                        if pk in (other, parent)
                    ]
                }
            }
            for pk, (slug, _name, _parent) in sieve.themes.items()
        }
    public: Clause = {"terms": {"access_key": sorted(sieve.public)}}
    return {EVERYBODY: public, NETWORK: {"bool": {"must_not": [public]}}}


def titles_body(words: Sequence[str], admission: Admission) -> Clause:
    """The shortest titles that hold the words, the last one perhaps half typed."""
    *whole, begun = words
    clauses = admission.clauses
    asked = [{"term": {"title_words": word}} for word in whole]
    return {
        "query": {
            "bool": {
                **clauses,
                "filter": [*clauses["filter"], *asked, {"prefix": {"title_words": begun}}],
            }
        },
        "size": MOST_TITLES,
        "track_total_hits": False,
        "sort": [{"length": "asc"}, {"pk": "asc"}],
    }
