"""Whole months: the least that a figure is about (GR-15)."""

from datetime import date


def last_months(today: date, how_many: int) -> list[date]:
    """The first days of the last whole months, the oldest first."""
    number = today.year * 12 + today.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(number - how_many, number)]


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
