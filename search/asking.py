"""What an engine is asked, and what it answers: the same for every engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from portal.pages.visibility import Visitor
from search.models import AccessKey
from search.questions import Question
from search.results import Facet, Filters

PER_PAGE = 10
MOST_PAGES = 1000  # as far as an engine of many machines looks without special measures


@dataclass(frozen=True)
class Asker:
    """Who asks, for what.

    Args:
        keys: The access keys that open for the visitor now.
        page: From one; beyond the last it is the last.
    """

    visitor: Visitor
    language: str
    keys: Sequence[AccessKey]
    filters: Filters
    page: int


@dataclass(frozen=True)
class Found:
    """What fits a question.

    Args:
        total: How many places there are without filters; nothing was found when it is zero.
        count: How many with filters.
        shown: Primary keys of the entries of one page, the best first.
        is_admitted: Whether the database gave them by the visitor's rule in this very question.
    """

    total: int = 0
    count: int = 0
    page: int = 1
    shown: Sequence[int] = ()
    facets: Sequence[Facet] = ()
    is_admitted: bool = False

    @property
    def pages(self) -> int:
        """How many pages of results there are."""
        return pages_of(self.count)


class Engine(Protocol):
    """A way to look in the entries that a visitor may find."""

    def search(self, question: Question, asker: Asker, *, every: bool) -> Found:
        """What holds every term, or one of them when ``every`` is false."""

    def titles(self, words: Sequence[str], asker: Asker) -> list[str]:
        """Titles that hold the words, the last one perhaps half typed; the shortest first."""


def pages_of(count: int) -> int:
    """How many pages ``count`` results fill, at least one."""
    return min(max(1, -(-count // PER_PAGE)), MOST_PAGES)
