"""Addresses of the search page: everything that is chosen stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode

from search.results import Facet


@dataclass(frozen=True)
class Chip:
    """One chosen filter, and the address without it."""

    label: str
    address: str


def with_question(question: str) -> str:
    """The same page for a question without filters."""
    return f"?{urlencode({'q': question})}"


def chips(asked: QueryDict, facets: Sequence[Facet]) -> list[Chip]:
    """A chip for each chosen value."""
    return [
        Chip(choice.label, without(asked, facet.name, choice.value))
        for facet in facets
        for choice in facet.choices
        if choice.is_chosen
    ]


def without(asked: QueryDict, name: str, value: str) -> str:
    """The address with one value less, on its first page."""
    left = asked.copy()
    left.setlist(name, [one for one in asked.getlist(name) if one != value])
    left.pop("page", None)
    return f"?{left.urlencode()}"


def other_language(question: str, language: str) -> str:
    """The address of the same question among the pages in the other language."""
    prefix = "" if language == "en" else "/en"
    return f"{prefix}/zoeken/{with_question(question)}"
