"""Error pages, and the few addresses that a browser asks for by itself."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from portal.design import samples
from portal.design.offline import NEVER_PATTERN
from portal.design.palette import stylesheet

# What a page needs to look right without internet; the theme comes with them.
FIRST_FILES = (
    "build/portal.css",
    "build/icons.svg",
    "build/fonts/source-sans-3-latin-wght-normal.woff2",
    "portal.js",
)
NEUTRAL = {"brand": "#0a5a7d", "action": "#0b5f9e", "accent": "#f5b800", "radius": 4}


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: the browser sent what no form of ours sends."""
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: signed in, but not for this."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404, with help."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; needs no database and no context."""
    return HttpResponse(render_to_string("500.html"), status=500)


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from the root so that it may work for every address."""
    files = ["/offline/", *(static(f"portal/{name}") for name in FIRST_FILES)]
    response = render(
        request,
        "sw.js",
        {"files": files, "never": NEVER_PATTERN},
        content_type="text/javascript; charset=utf-8",
    )
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What a reader sees without internet."""
    return render(request, "offline.html")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to put the portal on its home screen."""
    return JsonResponse(
        {
            "name": settings.PORTAL_NAME,
            "short_name": settings.PORTAL_NAME,
            "lang": "nl",
            "start_url": "/",
            "display": "minimal-ui",
            "background_color": "#ffffff",
            "theme_color": NEUTRAL["brand"],
            "icons": [
                {
                    "src": static("portal/emblem.svg"),
                    "sizes": "any",
                    "type": "image/svg+xml",
                }
            ],
        },
        content_type="application/manifest+json",
    )


@require_safe
def neutral_css(request: HttpRequest) -> HttpResponse:
    """The look before a region has one."""
    response = HttpResponse(stylesheet(**NEUTRAL), content_type="text/css; charset=utf-8")  # type: ignore[arg-type]
    response["Cache-Control"] = "public, max-age=86400"
    return response


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for who builds; not in production."""
    if not (settings.DEBUG or settings.DEMO_MODE):
        raise Http404
    return render(request, "gallery.html", samples.context())
