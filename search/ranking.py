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

from math import log2

from search.models import Kind

WEIGHTS = {"title": 8.0, "strong": 3.0, "any": 1.0}
KINDS = {Kind.WORD.value: 0.75, Kind.ORGANISATION.value: 0.5, Kind.PERSON.value: 0.25}
STEPS = 64  # every rarity is so many times a whole number,
QUARTERS = 4  # and every part of a kind so many: a database can do with whole numbers


def rarity(held: int, among: int) -> float:
    """How much a term counts that ``held`` of ``among`` entries have: 1 when all have it."""
    return round(log2(1 + among / held) * STEPS) / STEPS if held else 0.0
