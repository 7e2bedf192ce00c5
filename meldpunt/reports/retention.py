"""How long what is kept, and within which bounds (domain.md 2.4; the numbers are settings)."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

RULES = ("no_follow_up", "withdrawn", "advised", "referred", "transferred", "identity")


def days_of(rule: str, *, place: str = "") -> int:
    """The term of one rule in days, for the municipality with slug ``place``.

    Raises:
        ImproperlyConfigured: the setting lies outside its own bounds.
    """
    term = settings.MELDPUNT_RETENTION[rule]
    days = settings.MELDPUNT_RETENTION_BY_MUNICIPALITY.get(place, {}).get(rule, term["days"])
    if not term["least"] <= days <= term["most"]:
        raise ImproperlyConfigured(
            f"The term {rule!r} of {place or 'the region'}: {days} days is outside "
            f"{term['least']} to {term['most']}."
        )
    return int(days)


def content_until(outcome: str, *, closed_on: date, place: str = "") -> date:
    """The last day of the content of a report that closed with ``outcome``."""
    return closed_on + timedelta(days=days_of(outcome, place=place))


def content_at_latest(outcome: str, *, closed_on: date, place: str = "") -> date:
    """The last day when the reporter comes back: two weeks more, never past the maximum."""
    most = closed_on + timedelta(days=settings.MELDPUNT_RETENTION[outcome]["most"])
    longer = content_until(outcome, closed_on=closed_on, place=place)
    return min(most, longer + timedelta(days=settings.MELDPUNT_EXTENSION_DAYS))


def identity_until(*, closed_on: date, place: str = "") -> date:
    """The last day of who reported."""
    return closed_on + timedelta(days=days_of("identity", place=place))
