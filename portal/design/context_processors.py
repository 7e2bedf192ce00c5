"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

LANGUAGES = {"nl": "", "en": "/en"}


def portal(request: HttpRequest) -> dict[str, object]:
    """Name of the portal, demo mode, the colour mode chosen, and this page in each language."""
    mode = request.COOKIES.get("kleurstand", "")
    path = request.path.removeprefix("/en") if request.path.startswith("/en/") else request.path
    return {
        "portal_name": settings.PORTAL_NAME,
        "demo_mode": settings.DEMO_MODE,
        "colour_mode": mode if mode in ("licht", "donker") else "",
        "language_addresses": getattr(
            request,
            "language_addresses",
            {code: prefix + path for code, prefix in LANGUAGES.items()},
        ),
    }
