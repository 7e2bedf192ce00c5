"""What every answer of the portal carries, and what no question may hold."""

import re
from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string

GetResponse = Callable[[HttpRequest], HttpResponse]


# More than any field of a form holds, also the sealed answers of a report. The editor's may be
# longer: a whole page travels in one.
LONGEST_FIELD = 500_000
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class BadInputMiddleware:
    """Refuse a NUL byte or a lone surrogate in address or form before it reaches a database.

    PostgreSQL can't store them, SQLite's search stumbles over them, and nobody types them. Nor
    does anybody type half a million letters into one field.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A kind 400, or the answer."""
        if is_bad(request.META.get("QUERY_STRING", "")) or is_bad(request.path):
            return refuse()
        if request.method == "POST" and is_bad_form(request):
            return refuse()
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A kind 400 for a number so large that no database holds it, in a list of keys say."""
        is_too_large = isinstance(exception, OverflowError) or (
            type(exception.__cause__).__name__ == "NumericValueOutOfRange"  # of PostgreSQL
        )
        return refuse() if is_too_large else None


def is_bad(address: str) -> bool:
    """Whether an address holds what no database stores, as itself or escaped."""
    return "%00" in address or is_unstorable(address)


def is_unstorable(text: str) -> bool:
    """Whether ``text`` holds a NUL byte or half of a surrogate pair."""
    return UNSTORABLE.search(text) is not None


def is_bad_form(request: HttpRequest) -> bool:
    """Whether a field of the form that was sent is bad, or longer than a form of ours sends it."""
    may_be_long = request.path.startswith("/beheer/")
    return any(
        is_unstorable(text) or (len(text) > LONGEST_FIELD and not may_be_long)
        for name, values in request.POST.lists()
        for text in (name, *values)
    )


def refuse() -> HttpResponse:
    """A kind 400."""
    return HttpResponseBadRequest(render_to_string("400.html"))


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere, and the editor's own below ``/beheer/`` (stack.md 8)."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Add the policy that belongs to the address."""
        if request.path.startswith("/beheer/"):
            response._csp_config = settings.EDITOR_CONTENT_SECURITY_POLICY["DIRECTIVES"]  # type: ignore[attr-defined]
        return super().process_response(request, response)
