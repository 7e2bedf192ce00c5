"""Days on which offices in the Netherlands are open: no weekend, no public holiday."""

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

SATURDAY = 5


def working_days_after(start: date, days: int, *, closed: Container[str] = ()) -> date:
    """``days`` working days after ``start``.

    Args:
        start: Does not count itself.
        days: Zero or more.
        closed: More days that do not count, as ``2026-12-24``.
    """
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day, closed=closed)
    return day


def is_working_day(day: date, *, closed: Container[str] = ()) -> bool:
    """Whether somebody is in the office."""
    is_open = day.weekday() < SATURDAY and day.isoformat() not in closed
    return is_open and day not in _holidays_of(day.year)


@cache
def _holidays_of(year: int) -> frozenset[date]:
    import holidays  # every country of the world: only in a process that counts days

    return frozenset(holidays.country_holidays("NL", years=year))
