"""Away from here, at once and without a trace (meldpunt.md 7)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from meldpunt.reports.services.conversation import end_visit
from meldpunt.vault.services import cookies


def forget(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """End this browser's visits and delete their cookies, by name."""
    end_visit(cookies.read_cookie(request, cookies.CONVERSATION))
    cookies.drop_cookie(response, cookies.CONVERSATION)
    cookies.drop_cookie(response, cookies.FORM)
    same_site: Any = settings.CSRF_COOKIE_SAMESITE
    response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite=same_site)
    return response


def quick_exit(request: HttpRequest) -> HttpResponse:
    """End the visit and go to a neutral site."""
    response = HttpResponse(status=303)
    response["Location"] = settings.MELDPUNT_QUICK_EXIT_URL
    response["Clear-Site-Data"] = '"cache"'
    return forget(request, response)
