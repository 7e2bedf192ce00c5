"""The way from the front page to a page."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page


def breadcrumbs(page: Any, request: HttpRequest) -> list[dict[str, str]]:
    """Title and address of every page on the way, the page itself last; nothing on the front page."""
    if page.depth <= 2:
        return []
    steps = page.steplen
    paths = [page.path[:end] for end in range(2 * steps, len(page.path), steps)]
    above = Page.objects.filter(path__in=paths).order_by("path").only("title", "url_path")
    return [{"title": one.title, "url": one.get_url(request) or "/"} for one in [*above, page]]
