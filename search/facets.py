"""Counting what can be filtered by, from what the visitor may find.

A database counts the values of its own columns; what they mean, and which of them a choice lets
through, is known here.
"""

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
# The column that each facet counts.
COLUMNS = {
    "soort": "kind",
    "thema": "theme_ids",
    "gemeente": "municipality_id",
    "gebied": "area_ids",
    "voor": "access_key_id",
    "jaar": "year",
}
# A row that a filter leaves out has the number of that facet; with two such filters their sum.
BITS = {name: 1 << place for place, name in enumerate(COLUMNS)}


class Group(NamedTuple):
    """Places with the same value.

    Args:
        facet: Whose column.
        value: What stands in the column, as text.
        number: How many places.
    """

    facet: str
    value: str
    number: int


class Sieve:
    """Knows what fits the filters, and what other filters would leave.

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

    @property
    def chosen(self) -> dict[str, frozenset[str]]:
        """The chosen values of each facet."""
        return self.filters.by_facet

    def facets(self, groups: Iterable[Group], together: Mapping[str, int]) -> list[Facet]:
        """Each facet, counted with all filters but its own; without a choice it is left out.

        Args:
            groups: Of places with one entry, that all filters but the group's own let through.
            together: How often places hold these rows together (``search.database.ROW``).
        """
        counted: dict[str, Counter[str]] = {name: Counter() for name in COLUMNS}
        for facet, raw, number in groups:
            for value in self.values(facet, raw):
                counted[facet][value] += number
        for rows, number in together.items():
            for facet, values in self.values_together(rows).items():
                for value in values:
                    counted[facet][value] += number
        return self.with_counts(counted)

    def values_together(self, rows: str) -> dict[str, set[str]]:
        """The values of each facet that a place with several rows counts for, once each."""
        found: dict[str, set[str]] = {name: set() for name in COLUMNS}
        for row in rows.split(","):
            missed, *raws = row.split("|")
            for (facet, bit), raw in zip(BITS.items(), raws, strict=True):
                if int(missed) in (0, bit):
                    found[facet].update(self.values(facet, raw))
        return found

    def with_counts(self, counted: Mapping[str, Mapping[str, int]]) -> list[Facet]:
        """Facets to show, out of how many places each value of each facet leaves."""
        found = []
        for name, chosen in self.chosen.items():
            counts = {value: number for value, number in counted[name].items() if number}
            choices = [
                (number, label, value)
                for value, number in (dict.fromkeys(chosen, 0) | counts).items()
                if (label := self.label(name, value))
            ]
            if len(choices) > 1 or chosen:
                if name == "jaar":
                    choices.sort(reverse=True, key=lambda choice: choice[2])
                else:
                    choices.sort(key=lambda choice: (-choice[0], choice[1]))
                kept = [choice for choice in choices[MOST_CHOICES:] if choice[2] in chosen]
                found.append(
                    Facet(
                        name,
                        [
                            Choice(value, label, number, value in chosen)
                            for number, label, value in [*choices[:MOST_CHOICES], *kept]
                        ],
                    )
                )
        return found

    def values(self, name: str, raw: str) -> Collection[str]:
        """What a value of a column counts for; a theme counts for the one it is part of too."""
        if name in ("soort", "jaar"):
            return (raw,) if raw else ()
        if name == "thema":
            own = [self.themes[pk] for pk in raw.split() if pk in self.themes]
            above = [self.themes[parent] for *_names, parent in own if parent in self.themes]
            return {slug for slug, *_rest in [*own, *above]}
        if name == "gemeente":
            place = self.places.get(int(raw)) if raw else None
            return (place[0],) if place else ()
        if name == "gebied":
            return {self.areas[pk][0] for pk in raw.split() if pk in self.areas}
        return (EVERYBODY if int(raw) in self.public else NETWORK,)

    def fitting(self, name: str) -> tuple[str, list[Any]]:
        """SQL, and its parameters, that says of a row whether it fits what was chosen of a facet."""
        chosen, column = self.chosen[name], COLUMNS[name]
        if name == "thema":
            own = {pk for pk, (slug, *_rest) in self.themes.items() if slug in chosen}
            below = {pk for pk, (*_names, parent) in self.themes.items() if parent in own}
            return holding(column, own | below)
        if name == "gebied":
            return holding(column, {pk for pk, (v, _label) in self.areas.items() if v in chosen})
        if name == "gemeente":
            return among(column, {pk for pk, (v, _label) in self.places.items() if v in chosen})
        if name == "voor":
            is_public, keys = among(column, self.public)
            ways = {EVERYBODY: is_public, NETWORK: f"NOT {is_public}"}
            wanted = [ways[audience] for audience in chosen & ways.keys()]
            return f"({' OR '.join(wanted) or '1 = 0'})", keys * len(wanted)
        return among(column, set(map(int, chosen)) if name == "jaar" else chosen)

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


def among(column: str, values: Iterable[Any]) -> tuple[str, list[Any]]:
    """SQL that is true when a column has one of the values."""
    asked = sorted(values)
    return f"({column} IN ({', '.join(['%s'] * len(asked))}))" if asked else "(1 = 0)", asked


def holding(column: str, numbers: Iterable[str]) -> tuple[str, list[Any]]:
    """SQL that is true when one of the numbers stands in a column of numbers split by blanks."""
    asked = [f"% {number} %" for number in sorted(numbers)]
    each = f"' ' || {column} || ' ' LIKE %s"
    return f"({' OR '.join([each] * len(asked)) or '1 = 0'})", asked


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
