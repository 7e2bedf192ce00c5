"""Links to pages and documents in a text, looked up for the whole text at once.

Wagtail asks the database for each paragraph, and for each linked page what kind it is. A long
article would then cost more queries than a short one.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.models import Page

LINK = re.compile(r"<a\b[^>]*\blinktype=\\?\"page\\?\"[^>]*>")
ID = re.compile(r"\bid=\\?\"(\d+)\\?\"")
_known: ContextVar[dict[str, str] | None] = ContextVar("known_links", default=None)


@contextmanager
def known_links(stream: Any, request: Any) -> Iterator[None]:
    """Inside, links to pages in ``stream`` cost nothing more. One query when there are any."""
    outer = _known.get()
    token = _known.set({**(outer or {}), **addresses_in(stream, request)})
    try:
        yield
    finally:
        _known.reset(token)


def addresses_in(stream: Any, request: Any) -> dict[str, str]:
    """Primary key, as text, to address of every published page that the text links to."""
    text = json.dumps(list(stream.raw_data), default=str)
    found = (ID.search(link) for link in LINK.findall(text))
    wanted = {match.group(1) for match in found if match}
    if not wanted:
        return {}
    pages = Page.objects.filter(pk__in=wanted, live=True).only("pk", "url_path")
    return {str(page.pk): page.get_url(request) or "" for page in pages}


def known_address(key: str) -> str | None:
    """The address of a page in the text being shown, empty when it is not published.

    ``None`` when no text is being shown, and nothing was looked up.
    """
    known = _known.get()
    return None if known is None else known.get(key, "")
