"""Whole pages for anonymous visitors, from this process's own memory.

A cached answer carries the number of the content generation it was made in. Publishing, closing
a branch, changing a menu or a look raises the number (``raise_generation``), and the next request
in any process sees it: one small query, and no page that is older than its content.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

MAX_ENTRIES = 2000
MAX_BYTES = 200_000
PUBLIC_ONLY = (
    "/beheer/",
    "/werkplek/",
    "/account/",
    "/meldpunt/",
    "/api/",
    "/gezondheid/",
    "/en/meldpunt/",
    "/en/werkplek/",
    "/en/account/",
)


@dataclass(frozen=True)
class Entry:
    """One answer, as it went out."""

    made_at: float
    generation: int
    content: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str


class PageCacheMiddleware:
    """Answer anonymous GET requests from memory; outermost, so that a hit costs next to nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.entries: OrderedDict[str, Entry] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, from memory where that may be."""
        seconds = settings.PAGE_CACHE_SECONDS
        if not seconds or not is_cacheable(request):
            return self.get_response(request)
        key = f"{request.META.get('HTTP_HOST', '')}{request.get_full_path()}|{colour_mode(request)}"
        generation = current_generation()
        entry = self.entries.get(key)
        if entry and entry.generation == generation and time.monotonic() - entry.made_at < seconds:
            return self.answer(request, entry)
        response = self.get_response(request)
        if is_storable(response):
            entry = make_entry(response, generation)
            self.store(key, entry)
            return self.answer(request, entry)
        return response

    def store(self, key: str, entry: Entry) -> None:
        """Keep the answer; the oldest makes room."""
        self.entries[key] = entry
        self.entries.move_to_end(key)
        while len(self.entries) > MAX_ENTRIES:
            self.entries.popitem(last=False)

    @staticmethod
    def answer(request: HttpRequest, entry: Entry) -> HttpResponse:
        """The kept answer, or 304 when the visitor's browser already has it."""
        if is_known(request.META.get("HTTP_IF_NONE_MATCH", ""), entry.etag):
            response: HttpResponse = HttpResponseNotModified()
        else:
            response = HttpResponse(entry.content)
        for name, value in entry.headers:
            response.headers[name] = value
        return response


def is_cacheable(request: HttpRequest) -> bool:
    """A plain read by somebody who is not signed in, of a public address."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path.startswith(PUBLIC_ONLY)
        and len(request.get_full_path()) < 300
    )


def is_storable(response: HttpResponse) -> bool:
    """A whole page without a cookie, that its view did not keep out of caches."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "private" not in response.get("Cache-Control", "")
        and "no-store" not in response.get("Cache-Control", "")
        and len(response.content) <= MAX_BYTES
    )


def make_entry(response: HttpResponse, generation: int) -> Entry:
    """The answer with an ETag, and leave for the browser to keep it if it asks again first."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    response.headers["ETag"] = etag
    response.headers.setdefault("Cache-Control", "no-cache")
    return Entry(
        time.monotonic(),
        generation,
        response.content,
        tuple(response.headers.items()),
        etag,
    )


def is_known(asked: str, etag: str) -> bool:
    """Whether the visitor's browser has this very answer; one that compresses between marks it weak."""
    return bool(asked) and any(one.removeprefix("W/") == etag for one in parse_etags(asked))


def colour_mode(request: HttpRequest) -> str:
    """The part of a page that a cookie decides."""
    mode = request.COOKIES.get("kleurstand", "")
    return mode if mode in ("licht", "donker") else ""


def current_generation() -> int:
    """The number of what is published now. One query by primary key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM pages_contentgeneration WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else 0


def raise_generation() -> None:
    """Make every cached page out of date, in the transaction of the change itself."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pages_contentgeneration SET number = number + 1 WHERE id = 1")
