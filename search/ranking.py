"""The order of results, computed from three facts that every database tells alike.

An entry scores for each term asked for: 8 when the term stands in its title, 3 when it is what the
entry is about (in its summary, the part of a compound in its title, or said three times or more)
and 1 when it is there at all. When not every term has to be there, a term counts for more the fewer
entries hold it, in steps of 1/64: so sums are exact in the small numbers of every engine.

A word explained counts for three quarters: who asks for more than a definition finds that first.
The card of an organisation counts for half: who knows its name finds it all the same (with more,
the questions of the quality set about cards gain little and those about pages lose). A person
counts for a quarter: behind the organisation where they work. Of equal scores the shorter title
comes first, since more of it was asked for; then the newer; the last word has
the address, so that the order is the same in every database and after a rebuild.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log2

from search.models import Kind
from search.questions import Term

WEIGHTS = {"title": 8.0, "strong": 3.0, "any": 1.0}
KINDS = {Kind.WORD.value: 0.75, Kind.ORGANISATION.value: 0.5, Kind.PERSON.value: 0.25}
STEPS = 64


def scores(
    terms: Sequence[Term], found: Iterable[tuple[int, int, int]], among: Mapping[int, str]
) -> dict[int, float]:
    """Primary key to score for the entries in ``among``.

    Args:
        terms: What was asked for.
        found: Number of a term, number of a weight, and an entry that has the term there.
        among: Primary key and kind of the entries that this visitor may find; others count for
            nothing, also not in how rare a term is.
    """
    weights = list(WEIGHTS.values())
    sums: list[dict[int, float]] = [{} for _term in terms]
    for number, place, pk in found:
        if pk in among:
            sums[number][pk] = sums[number].get(pk, 0.0) + weights[place]
    total: dict[int, float] = dict.fromkeys(among, 0.0)
    for held in sums:
        rare = rarity(len(held), len(among))
        for pk, weight in held.items():
            total[pk] += weight * rare * KINDS.get(among[pk], 1.0)
    return total


def scores_of_all(terms: Sequence[Term], found: Iterable[tuple[int, int, int]]) -> dict[int, float]:
    """Primary key to score, before its kind counts, for entries that hold every term.

    Args:
        terms: What was asked for.
        found: As for ``scores``, without what is said only of the last weight: all have that.
    """
    weights, base = list(WEIGHTS.values()), least(terms)
    total: dict[int, float] = {}
    for _number, place, pk in found:
        total[pk] = total.get(pk, base) + weights[place]
    return total


def least(terms: Sequence[Term]) -> float:
    """The score of an entry that holds every term, and none of them in a better place."""
    return len(terms) * WEIGHTS["any"]


def rarity(held: int, among: int) -> float:
    """How much a term counts that ``held`` of ``among`` entries have: 1 when all have it."""
    return round(log2(1 + among / held) * STEPS) / STEPS if held else 0.0
