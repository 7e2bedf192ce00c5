"""The way from the front page to a page."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from portal.pages.memory import remembered


def breadcrumbs(page: Any, request: HttpRequest) -> list[dict[str, str]]:
    """Title and address of every page on the way, the page itself last; none on the front page."""
    if page.depth <= 2:
        return []
    ends = range(2 * page.steplen, len(page.path), page.steplen)
    above = (section_at(page.path[:end]) for end in ends)
    return [
        {"title": one.title, "url": one.get_url(request) or "/"}
        for one in (*above, page)
        if one is not None
    ]


def section_at(path: str) -> Page | None:
    """The page at this place in the tree, which others stand below. Kept until content changes."""
    return remembered(
        f"section:{path}",
        lambda: Page.objects.filter(path=path).only("title", "url_path", "path").first(),
    )
