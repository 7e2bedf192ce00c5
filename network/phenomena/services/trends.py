"""What may be shown of how often a phenomenon is seen."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from network.phenomena.models import MonthlyCount, Phenomenon
from portal.figures.months import last_months
from portal.figures.plots import bars
from portal.figures.small_numbers import suppressed
from portal.regions.models import Area, Municipality

MONTHS = 6


@dataclass(frozen=True)
class Trend:
    """A table of months by municipality, with small numbers hidden (GR-15)."""

    months: list[date]
    rows: list[tuple[str, list[int | None]]]

    @property
    def drawings(self) -> list[tuple[str, SafeString]]:
        """Each place with its months as bars, all on one scale."""
        highest = max((number or 0 for _name, row in self.rows for number in row), default=0)
        known = [True] * len(self.months)
        return [(name, bars(row, known=known, highest=highest)) for name, row in self.rows]


def trend(phenomenon: Phenomenon, *, today: date) -> Trend:
    """The whole months before this one; the month that runs could be taken apart by looking twice.

    Places that are unknown come last, under an empty name.
    """
    months = months_before(today)
    places: list[Municipality | None] = [*Municipality.objects.all(), None]
    numbers: dict[tuple[date, int | None], int] = {}
    for count in MonthlyCount.objects.filter(phenomenon=phenomenon, month__in=months):
        key = count.month, count.municipality_id
        numbers[key] = numbers.get(key, 0) + count.number
    table = [
        [numbers.get((month, place.pk if place else None), 0) for month in months]
        for place in places
    ]
    shown = suppressed(table)
    names = [place.name if place else "" for place in places]
    return Trend(months, list(zip(names, shown, strict=True)))


def trend_by_area(phenomenon: Phenomenon, place: Municipality, shown: Trend) -> Trend:
    """The areas of a municipality, in the months in which its own number is shown.

    Where the number of a municipality is hidden, so is all below it; else that number is known, so
    the areas are hidden among each other as in any table with totals.
    """
    known = dict(shown.rows)[place.name]
    numbers: dict[tuple[date, int | None], int] = {}
    rows = MonthlyCount.objects.filter(
        phenomenon=phenomenon, municipality=place, month__in=shown.months
    )
    for count in rows:
        key = count.month, count.area_id
        numbers[key] = numbers.get(key, 0) + count.number
    areas = [*Area.objects.filter(municipality=place).order_by("name"), None]
    open_months = [
        month for month, number in zip(shown.months, known, strict=True) if number is not None
    ]
    table = suppressed(
        [
            [numbers.get((month, area.pk if area else None), 0) for month in open_months]
            for area in areas
        ]
    )
    return Trend(
        shown.months,
        [
            (
                area.name if area else "",
                [dict(zip(open_months, row, strict=True)).get(month) for month in shown.months],
            )
            for area, row in zip(areas, table, strict=True)
        ],
    )


def months_before(today: date) -> list[date]:
    """The months of a trend, the oldest first."""
    return last_months(today, MONTHS)
