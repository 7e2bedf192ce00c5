"""From an address to a page that the visitor may read."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail.models import Page

from knowledge.library.models import KnowledgePage
from portal.pages.models.base import municipality_of
from portal.pages.routing import find_route
from portal.pages.visibility import can_read_path


def find_readable_page(request: HttpRequest, where: str) -> Any:
    """The page of the knowledge base at ``where``; a closed one looks as if it does not exist.

    Raises:
        Http404: No published page that this visitor may read is there.
    """
    find_route(request, where)
    page = Page.find_for_request(request, where)
    if not isinstance(page, KnowledgePage) or not page.live:
        raise Http404
    if not can_read_path(request.user, page.path):
        raise Http404
    request.municipality = municipality_of(page)  # type: ignore[attr-defined]
    return page
