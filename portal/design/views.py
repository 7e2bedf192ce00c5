"""Error pages, and the few addresses that a browser asks for by itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: signed in, but not for this."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404, with help."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; needs no database and no context."""
    return render(request, "500.html", status=500)


def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from the root so that it may work for every address."""
    return HttpResponse("", content_type="text/javascript")


def offline(request: HttpRequest) -> HttpResponse:
    """What a reader sees without internet."""
    return render(request, "offline.html")


def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest."""
    return HttpResponse("{}", content_type="application/manifest+json")
