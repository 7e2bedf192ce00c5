"""How long what is kept, and within which bounds (domain.md 2.4; the numbers are settings)."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

RULES = ("no_follow_up", "withdrawn", "advised", "referred", "transferred", "identity")


def days_of(rule: str) -> int:
    """The term of one rule, in days.

    Raises:
        ImproperlyConfigured: the setting lies outside its own bounds.
    """
    term = settings.MELDPUNT_RETENTION[rule]
    if not term["least"] <= term["days"] <= term["most"]:
        raise ImproperlyConfigured(
            f"MELDPUNT_RETENTION[{rule!r}]: {term['days']} days is outside "
            f"{term['least']} to {term['most']}."
        )
    return int(term["days"])


def content_until(outcome: str, *, closed_on: date) -> date:
    """The last day of the content of a report that closed with ``outcome``."""
    return closed_on + timedelta(days=days_of(outcome))


def identity_until(*, closed_on: date) -> date:
    """The last day of who reported."""
    return closed_on + timedelta(days=days_of("identity"))
