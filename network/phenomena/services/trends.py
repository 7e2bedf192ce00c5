"""What may be shown of how often a phenomenon is seen."""

from dataclasses import dataclass
from datetime import date

from network.phenomena.models import MonthlyCount, Phenomenon
from portal.figures.small_numbers import suppressed
from portal.regions.models import Municipality

MONTHS = 6


@dataclass(frozen=True)
class Trend:
    """A table of months by municipality, with small numbers hidden (GR-15)."""

    months: list[date]
    rows: list[tuple[str, list[int | None]]]


def trend(phenomenon: Phenomenon, *, today: date) -> Trend:
    """The whole months before this one; the month that runs could be taken apart by looking twice.

    Places that are unknown come last, under an empty name.
    """
    months = months_before(today)
    places: list[Municipality | None] = [*Municipality.objects.all(), None]
    numbers = {
        (count.month, count.municipality_id): count.number
        for count in MonthlyCount.objects.filter(phenomenon=phenomenon, month__in=months)
    }
    table = [
        [numbers.get((month, place.pk if place else None), 0) for month in months]
        for place in places
    ]
    shown = suppressed(table)
    names = [place.name if place else "" for place in places]
    return Trend(months, list(zip(names, shown, strict=True)))


def months_before(today: date) -> list[date]:
    """The first days of the last whole months, the oldest first."""
    number = today.year * 12 + today.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(number - MONTHS, number)]
