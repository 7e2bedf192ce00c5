"""Hearing readers without following them."""

from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Page

from knowledge.library.models import Feedback

EACH_PAGE_AN_HOUR = 30
ALL_PAGES_AN_HOUR = 600


class TooMuchFeedback(Exception):
    """More came in this hour than people write; nothing was stored."""


def give_feedback(*, page: Page, is_helpful: bool, text: str) -> Feedback:
    """Store what a reader said: the page, the day, and nothing about the reader.

    It counts per page and for all pages together, so that no address needs to be known.

    Raises:
        TooMuchFeedback: Somebody or something writes too much.
    """
    hour = timezone.now().strftime("%Y%m%d%H")
    if (
        count(f"feedback:{hour}") > ALL_PAGES_AN_HOUR
        or count(f"feedback:{hour}:{page.pk}") > EACH_PAGE_AN_HOUR
    ):
        raise TooMuchFeedback
    return Feedback.objects.create(page_id=page.pk, is_helpful=is_helpful, text=text)


def count(key: str) -> int:
    """How often this was counted in its hour, this time included."""
    cache.add(key, 0, timeout=3600)
    try:
        return cache.incr(key)
    except ValueError:  # it expired between the two
        return 1
