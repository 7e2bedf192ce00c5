"""The cookies of the meldpunt: bound to this host, closed to scripts, gone with the browser."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

KLUIS = "kluis"  # the vault of a staff member
CONVERSATION = "m"  # the code page of a reporter
FORM = "f"  # one visit to the form


def name_of(cookie: str) -> str:
    """The whole name; browsers keep ``__Host-`` only when it is secure."""
    return f"__Host-{cookie}" if settings.SESSION_COOKIE_SECURE else cookie


def read_cookie(request: HttpRequest, cookie: str) -> str:
    """Its value, or nothing."""
    return request.COOKIES.get(name_of(cookie), "")


def set_cookie(response: HttpResponse, cookie: str, value: str) -> None:
    """Set it until the browser closes."""
    response.set_cookie(
        name_of(cookie),
        value,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def drop_cookie(response: HttpResponse, cookie: str) -> None:
    """Delete it by name (meldpunt.md 7: never the whole domain's)."""
    name = name_of(cookie)
    response.set_cookie(
        name,
        "",
        max_age=0,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
