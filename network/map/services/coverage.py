"""Who works where on what: the matrix, its white spots, and what depends on one organisation."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from network.directory.models import Organisation, Sector
from network.map.models import ContactMoment
from portal.accounts.models import User
from portal.regions.models import Area, Municipality

SPOKEN_WITHIN = timedelta(days=182)


@dataclass
class Cell:
    """One sector in one place: the organisations there, and whether somebody spoke with one."""

    place: "Row"
    sector: Sector
    organisations: set[int] = field(default_factory=set)
    was_spoken: bool = False

    @property
    def count(self) -> int:
        """How many organisations there are."""
        return len(self.organisations)

    @property
    def state(self) -> str:
        """``white`` nobody, ``single`` one only, ``silent`` nobody spoken for half a year, or ``""``."""
        if not self.organisations:
            return "white"
        if not self.was_spoken:
            return "silent"
        return "single" if self.count == 1 else ""


@dataclass
class Row:
    """A municipality, or an area of one."""

    municipality: Municipality
    area: Area | None = None
    cells: list[Cell] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the place is called."""
        return self.area.name if self.area else self.municipality.name


def matrix(*, place: Municipality | None, user: User, today: date) -> list[Row]:
    """The coverage: municipalities of the region, or the areas of ``place``. Six queries.

    In a municipality as a whole counts whoever works in any part of it.
    """
    sectors = list(Sector.objects.all())
    cards = Organisation.objects.visible_to(user).current()
    where = dict(cards.values_list("pk", "municipality_id"))
    areas: dict[int, set[int]] = {}
    for card, area in Organisation.areas.through.objects.values_list("organisation_id", "area_id"):
        areas.setdefault(card, set()).add(area)
    working: dict[int, list[int]] = {}
    for card, key in Organisation.sectors.through.objects.values_list(
        "organisation_id", "sector_id"
    ):
        if card in where:
            working.setdefault(key, []).append(card)
    spoken = spoken_since(today - SPOKEN_WITHIN, user)
    rows = []
    for row in rows_of(place):
        for sector in sectors:
            cell = Cell(row, sector)
            for card in working.get(sector.pk, []):
                if _covers(row, where[card], areas.get(card, set())):
                    cell.organisations.add(card)
            cell.was_spoken = bool(cell.organisations & spoken)
            row.cells.append(cell)
        rows.append(row)
    return rows


def _covers(row: Row, municipality: int | None, areas: set[int]) -> bool:
    if municipality not in (None, row.municipality.pk):
        return False
    return row.area is None or not areas or row.area.pk in areas


def rows_of(place: Municipality | None) -> list[Row]:
    """The empty rows of the matrix."""
    if place is None:
        return [Row(one) for one in Municipality.objects.all()]
    return [Row(place, area) for area in Area.objects.filter(municipality=place).order_by("name")]


def spoken_since(day: date, user: User) -> set[int]:
    """The organisations that somebody spoke with since ``day``, as far as ``user`` may know."""
    contacts = ContactMoment.objects.visible_to(user).filter(on__gte=day)
    return set(contacts.values_list("organisation_id", flat=True))


def white_spots(rows: Iterable[Row]) -> list[Cell]:
    """The cells where the network has nobody."""
    return [cell for row in rows for cell in row.cells if cell.state == "white"]
