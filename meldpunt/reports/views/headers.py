"""What every answer of the sealed surfaces carries (meldpunt.md 7), errors included."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

REPORTER, WORKSPACE = "/meldpunt/", "/werkplek/meldingen/"
POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "script-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["'none'"],
}
DOWNLOAD = {"default-src": ["'none'"], "sandbox": True, "frame-ancestors": ["'none'"]}
NOTHING_ALLOWED = (
    "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), display-capture=(), "
    "encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=(), "
    "screen-wake-lock=(), xr-spatial-tracking=()"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # no-referrer would break every form (section 7, traps)
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": NOTHING_ALLOWED,
}
NO_INDEX = "noindex, nofollow, noarchive"


class SealedHeadersMiddleware:
    """Adds them by address, so that a 403 or 404 has them too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with the headers of its surface."""
        response = self.get_response(request)
        path = without_language(request.path)
        if not path.startswith((REPORTER, WORKSPACE)):
            return response
        is_download = "attachment" in response.headers.get("Content-Disposition", "")
        response._csp_config = DOWNLOAD if is_download else POLICY  # type: ignore[attr-defined]
        for name, value in HEADERS.items():
            response[name] = value
        if path != REPORTER:
            response["X-Robots-Tag"] = NO_INDEX
        for name in ("ETag", "Last-Modified", "Expires"):
            if response.has_header(name):
                del response[name]
        return response


def without_language(path: str) -> str:
    """The address as it is in Dutch."""
    for code, _name in settings.LANGUAGES:
        if path.startswith(f"/{code}/"):
            return path[len(code) + 1 :]
    return path
