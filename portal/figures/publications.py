"""What the rooms publish. A room registers its own when the portal starts; nothing is counted yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

# From the first day of a month until the first of the next: how many in each municipality, under
# its key; under nothing what has no place.
Count = Callable[[date, date], Mapping[int | None, int]]


@dataclass(frozen=True)
class Publication:
    """One thing that is counted every month.

    Args:
        code: A word of the address, in Dutch.
        title: What is counted.
        meaning: What the number says, and what it does not.
        count: Asks the room; nothing where a process of the room itself publishes it.
        is_about_people: Whether small numbers could point at somebody.
        is_by_place: Whether it is counted by municipality.
        is_stock: Whether it says how things stand, so that a month that is over can't be counted
            later.
    """

    code: str
    title: Promise
    meaning: Promise
    count: Count | None
    is_about_people: bool = True
    is_by_place: bool = True
    is_stock: bool = False


_publications: dict[str, Publication] = {}


def register(*publications: Publication) -> None:
    """Publish these from now on."""
    for one in publications:
        _publications[one.code] = one


def publications() -> list[Publication]:
    """All that is published, in the order of the rooms."""
    return list(_publications.values())


def publication(code: str) -> Publication | None:
    """The one with this code."""
    return _publications.get(code)
