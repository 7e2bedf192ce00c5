"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, object]:
    """Name of the portal, demo mode, and the colour mode this visitor chose."""
    mode = request.COOKIES.get("kleurstand", "")
    return {
        "portal_name": settings.PORTAL_NAME,
        "demo_mode": settings.DEMO_MODE,
        "colour_mode": mode if mode in ("licht", "donker") else "",
    }
