"""Counting what can be filtered by, from the rows that the visitor may find."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from portal.pages.memory import remembered
from portal.pages.models import Theme
from portal.regions.models import Area, Municipality
from search.models import AccessKey, Kind
from search.results import Choice, Facet, Filters

MOST_CHOICES = 12
EVERYBODY, NETWORK = "iedereen", "netwerk"
AUDIENCES = {EVERYBODY: _("Everybody"), NETWORK: _("The network only")}


class Facts(NamedTuple):
    """What can be filtered by; many rows share the same facts."""

    kind: str
    theme_ids: str
    municipality_id: int | None
    access_key_id: int
    area_ids: str
    year: str


Alike = Counter[frozenset[Facts]]  # how many places have the same facts


class Sieve:
    """Lets rows through that fit the filters, and counts what other filters would leave.

    Args:
        filters: What the visitor chose.
        keys: The access keys that open for the visitor.
    """

    def __init__(self, filters: Filters, keys: Sequence[AccessKey]) -> None:
        self.filters = filters
        self.public = {key.pk for key in keys if not key.text}
        self.themes = theme_names()
        self.places = place_names()
        self.areas = area_names()
        self.kinds = dict(Kind.choices)

    def fits(self, row: Any, *, but: str = "") -> bool:
        """Whether a row passes every filter, leaving out the facet named ``but``."""
        return all(
            name == but or not chosen or not chosen.isdisjoint(self.values(name, row))
            for name, chosen in self.filters.by_facet.items()
        )

    def facets(self, alike: Alike) -> list[Facet]:
        """Each facet, counted with all filters but its own; without a choice it is left out."""
        return self.with_counts({name: self.counted(name, alike) for name in self.chosen})

    def fitting(self, alike: Alike) -> set[Facts]:
        """The facts that pass every filter."""
        every = {facts for group in alike for facts in group}
        return every if self.filters.is_empty else {facts for facts in every if self.fits(facts)}

    def count(self, alike: Alike, fitting: Collection[Facts]) -> int:
        """How many places have facts that fit."""
        return sum(number for group, number in alike.items() if not group.isdisjoint(fitting))

    @property
    def chosen(self) -> dict[str, frozenset[str]]:
        """The chosen values of each facet."""
        return self.filters.by_facet

    def with_counts(self, counted: Mapping[str, Mapping[str, int]]) -> list[Facet]:
        """Facets to show, out of how many places each value of each facet leaves."""
        found = []
        for name, chosen in self.chosen.items():
            counts = {value: number for value, number in counted[name].items() if number}
            choices = [
                Choice(value, label, number, value in chosen)
                for value, number in (dict.fromkeys(chosen, 0) | counts).items()
                if (label := self.label(name, value))
            ]
            if len(choices) > 1 or chosen:
                if name == "jaar":
                    choices.sort(key=lambda choice: choice.value, reverse=True)
                else:
                    choices.sort(key=lambda choice: (-choice.count, choice.label))
                kept = [choice for choice in choices[MOST_CHOICES:] if choice.is_chosen]
                found.append(Facet(name, [*choices[:MOST_CHOICES], *kept]))
        return found

    def counted(self, name: str, alike: Alike) -> Counter[str]:
        """How many places each value of a facet leaves."""
        counts: Counter[str] = Counter()
        for every, number in alike.items():
            values = {
                value
                for facts in every
                if self.filters.is_empty or self.fits(facts, but=name)
                for value in self.values(name, facts)
            }
            for value in values:
                counts[value] += number
        return counts

    def values(self, name: str, row: Any) -> Iterable[str]:
        """What a row counts for in a facet; a theme counts for the one it is part of too."""
        if name == "soort":
            return (row.kind,)
        if name == "thema":
            own = [self.themes[pk] for pk in row.theme_ids.split() if pk in self.themes]
            above = [self.themes[parent] for *_names, parent in own if parent in self.themes]
            return {slug for slug, *_rest in [*own, *above]}
        if name == "gemeente":
            place = self.places.get(row.municipality_id)
            return (place[0],) if place else ()
        if name == "gebied":
            return {self.areas[pk][0] for pk in row.area_ids.split() if pk in self.areas}
        if name == "jaar":
            return (row.year,) if row.year else ()
        return (EVERYBODY if row.access_key_id in self.public else NETWORK,)

    def label(self, name: str, value: str) -> str:
        """What a value is called; empty when there is no such value."""
        if name == "jaar":
            return value
        return str(self.labels[name].get(value, ""))

    @cached_property
    def labels(self) -> dict[str, dict[str, Any]]:
        """What the values of each facet are called."""
        return {
            "soort": self.kinds,
            "thema": {slug: label for slug, label, _parent in self.themes.values()},
            "gemeente": dict(self.places.values()),
            "gebied": dict(self.areas.values()),
            "voor": AUDIENCES,
        }


def alike_of(places: Iterable[Any], facts: Iterable[tuple[Any, ...]]) -> Alike:
    """How many places have the same facts; a place may have several, one for each audience.

    Args:
        places: Where each row stands.
        facts: The facts of the same rows.
    """
    places, facts = list(places), list(facts)
    rows_in = Counter(places)
    alone: Counter[tuple[Any, ...]] = Counter()
    shared: dict[Any, set[Facts]] = {}
    if len(rows_in) == len(places):
        alone.update(facts)
    else:
        alone.update(fact for place, fact in zip(places, facts, strict=True) if rows_in[place] == 1)
        for place, fact in zip(places, facts, strict=True):
            if rows_in[place] > 1:
                shared.setdefault(place, set()).add(Facts(*fact))
    found = Counter(map(frozenset, shared.values()))
    for fact, number in alone.items():
        found[frozenset([Facts(*fact)])] += number
    return found


def theme_names() -> dict[str, tuple[str, str, str]]:
    """Primary key as text to the slug, the name and the parent of each theme."""
    return remembered(
        "search_themes",
        lambda: {
            str(theme.pk): (theme.slug, theme.name, str(theme.parent_id or ""))
            for theme in Theme.objects.all()
        },
    )


def place_names() -> dict[int, tuple[str, str]]:
    """Primary key to the slug and the name of each municipality."""
    return remembered(
        "search_places",
        lambda: {place.pk: (place.slug, place.name) for place in Municipality.objects.all()},
    )


def area_names() -> dict[str, tuple[str, str]]:
    """Primary key as text to what stands in the address and the name of each area."""
    return remembered(
        "search_areas",
        lambda: {
            str(area.pk): (f"{area.municipality.slug}.{area.slug}", str(area))
            for area in Area.objects.select_related("municipality")
        },
    )


def area_values() -> frozenset[str]:
    """What may stand in the address for an area: there are thousands in a country."""
    return remembered(
        "search_area_values", lambda: frozenset(value for value, _name in area_names().values())
    )
