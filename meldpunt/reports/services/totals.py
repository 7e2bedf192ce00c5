"""How many reports came in, by quarter, for who answers for a meldpunt (GR-15; abuse case 25).

Only quarters that are over: what still grows could be taken apart by looking twice. No sums, and
small numbers hidden so that nothing shown tells them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from meldpunt.reports.models import HandOver, Report
from meldpunt.reports.querysets import working_in
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.figures.small_numbers import suppressed
from portal.regions.models import Municipality

QUARTERS = 8
WEEKS = 13


@dataclass(frozen=True)
class Totals:
    """A row for each municipality, a number or nothing for each quarter."""

    quarters: list[str]
    rows: list[tuple[str, list[int | None]]]


def totals_for(user: User, *, today: date) -> Totals:
    """What ``user`` may know of the municipalities where they answer for the meldpunt."""
    places = list(
        Municipality.objects.filter(pk__in=user.municipalities_where(Permission.REPORTS_TOTALS))
    )
    quarters = quarters_before(today)
    numbers: Counter[tuple[int, str]] = Counter()
    with working_in([place.pk for place in places]):
        # It counts where it came in, wherever it is now.
        here = Report.objects.filter(was_handed_in=False).values_list("municipality", "week")
        gone = HandOver.objects.filter(was_handed_in=False).values_list("municipality", "came_in")
        weeks = [rows.annotate(Count("pk")).order_by() for rows in (here, gone)]
        for place, week, count in weeks[0].union(weeks[1], all=True):
            numbers[place, quarter_of(week)] += count
    shown = suppressed([[numbers[place.pk, one] for one in quarters] for place in places])
    return Totals(quarters, list(zip([place.name for place in places], shown, strict=True)))


def quarter_of(week: str) -> str:
    """The quarter of an ISO week: thirteen weeks, and the 53rd with the last."""
    year, number = week.split("-W")
    return f"{year}-K{min((int(number) - 1) // WEEKS, 3) + 1}"


def quarters_before(today: date) -> list[str]:
    """The last quarters that are over, the oldest first."""
    year, week, _day = today.isocalendar()
    running = year * 4 + min((week - 1) // WEEKS, 3)
    return [f"{one // 4}-K{one % 4 + 1}" for one in range(running - QUARTERS, running)]
