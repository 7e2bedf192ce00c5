"""Links to pages and documents in a text, looked up for the whole text at once.

Wagtail asks the database for each paragraph, and for each linked page what kind it is. A long
article would then cost more queries than a short one.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.models import Page

LINK = re.compile(r"<a\b[^>]*\blinktype=\\?\"page\\?\"[^>]*>")
ID = re.compile(r"\bid=\\?\"(\d+)\\?\"")
_known: ContextVar[dict[str, str] | None] = ContextVar("known_links", default=None)


@contextmanager
def known_links(streams: Iterable[Any], request: Any) -> Iterator[None]:
    """Inside, links to pages in the StreamFields cost nothing more.

    One query when there are any that were not looked up around this one.
    """
    outer = _known.get() or {}
    token = _known.set({**outer, **addresses_of(ids_in(streams) - outer.keys(), request)})
    try:
        yield
    finally:
        _known.reset(token)


def ids_in(streams: Iterable[Any]) -> set[str]:
    """The keys of every page that the texts link to."""
    text = json.dumps([list(stream.raw_data) for stream in streams], default=str)
    found = (ID.search(link) for link in LINK.findall(text))
    return {match.group(1) for match in found if match}


def addresses_of(keys: set[str], request: Any) -> dict[str, str]:
    """Key to address, empty for a page that is not published."""
    if not keys:
        return {}
    pages = Page.objects.filter(pk__in=keys, live=True).only("pk", "url_path")
    return dict.fromkeys(keys, "") | {str(page.pk): page.get_url(request) or "" for page in pages}


def known_address(key: str) -> str | None:
    """The address of a page in the text being shown, empty when it is not published.

    ``None`` when no text is being shown, and nothing was looked up.
    """
    known = _known.get()
    return None if known is None else known.get(key, "")
