"""Publishing: count a month that is over, hide what is small, and store what is left."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from portal.figures.models import Figure
from portal.figures.months import last_months, next_month
from portal.figures.publications import Publication, publications
from portal.figures.small_numbers import suppressed
from portal.regions.models import Municipality

MONTHS_BACK = 12
TURN_OF_MONTH = 7  # until that day it still says how things stood at the end of the month


def publish_due(today: date) -> int:
    """Publish every month of the last year that is not published yet; gives how many tables."""
    done = set(Figure.objects.order_by().values_list("code", "month").distinct())
    number = 0
    for one in publications():
        months = last_months(today, 1 if one.is_stock else MONTHS_BACK)
        if one.is_stock and today.day > TURN_OF_MONTH:
            continue
        for month in months if one.count else ():
            if (one.code, month) not in done:
                publish(one, month, one.count(month, next_month(month)))  # type: ignore[misc]
                number += 1
    return number


@transaction.atomic
def publish(one: Publication, month: date, counts: Mapping[int | None, int]) -> None:
    """Store the numbers of one month, once: what was published is never changed.

    The numbers of all places are one table without a total: none is told, so no number that is
    hidden can be worked out from the rest.
    """
    places: list[int | None] = []
    if one.is_by_place:
        places = list(Municipality.objects.values_list("pk", flat=True))
    if not one.is_by_place or None in counts:
        places.append(None)
    numbers: list[int | None] = [counts.get(place, 0) for place in places]
    if one.is_about_people:
        table = [[counts.get(place, 0) for place in places]]
        numbers = suppressed(table, has_column_totals=False)[0]
    if Figure.objects.filter(code=one.code, month=month).exists():
        return
    Figure.objects.bulk_create(
        Figure(
            code=one.code,
            month=month,
            municipality_id=place,
            number=number,
            is_about_people=one.is_about_people,
        )
        for place, number in zip(places, numbers, strict=True)
    )
