"""What a question gives, as plain data: the page, the API and the tests read the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from search.best_bets import Pick
from search.models import Kind

LOOKS = {
    Kind.RUNBOOK: "portal-label--brand",
    Kind.STEP: "portal-label--brand",
    Kind.HELP: "portal-label--good",
    Kind.MODULE: "portal-label--good",
}


@dataclass(frozen=True)
class Hit:
    """One thing found.

    Args:
        title: HTML that is safe to show, with ``<mark>`` around what was asked for.
        passage: The same, of the piece of text that fits best.
        way: The titles of the pages above it.
        is_public: Whether everybody may read it.
    """

    title: str
    passage: str
    url: str
    kind: Kind
    way: Sequence[str]
    is_public: bool
    updated: date | None
    source: str

    @property
    def kind_label(self) -> str:
        """What the kind is called."""
        return str(self.kind.label)

    @property
    def look(self) -> str:
        """The colour of the label: what to act by, and what helps."""
        return LOOKS.get(self.kind, "")

    @property
    def way_shown(self) -> str:
        """The titles above it as one line."""
        return " › ".join(self.way)


@dataclass(frozen=True)
class Choice:
    """One value to filter by, and how many results it leaves."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One thing to filter by: a name out of ``Filters.by_facet``."""

    name: str
    choices: Sequence[Choice]


@dataclass(frozen=True)
class Filters:
    """What a visitor chose; several values of one facet widen, several facets narrow."""

    kinds: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    newest_first: bool = False

    @property
    def by_facet(self) -> dict[str, frozenset[str]]:
        """The chosen values under the name of each facet."""
        return {
            "soort": self.kinds,
            "thema": self.themes,
            "gemeente": self.municipalities,
            "gebied": self.areas,
            "voor": self.audiences,
            "jaar": self.years,
        }

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left out."""
        return not any(self.by_facet.values())


@dataclass(frozen=True)
class Results:
    """One page of an answer.

    Args:
        count: How many results there are with the filters.
        instead: What was looked for in place of the question, which nothing answered.
        is_partial: No entry holds everything; these hold some of it.
        is_limited: The engine of choice did not answer; the database did.
        correction: Another way to write the question, empty when there is none.
    """

    question: str
    hits: Sequence[Hit] = ()
    count: int = 0
    page: int = 1
    pages: int = 1
    facets: Sequence[Facet] = ()
    is_partial: bool = False
    correction: str = ""
    instead: str = ""
    is_limited: bool = False
    best_bets: Sequence[Pick] = ()
    filters: Filters = field(default_factory=Filters)

    @property
    def asked(self) -> str:
        """What the results answer."""
        return self.instead or self.question
