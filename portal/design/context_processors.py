"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

from portal.design.offline import may_work_offline

LANGUAGES = {"nl": "", "en": "/en"}
COLOUR_MODES = ("licht", "donker")


def portal(request: HttpRequest) -> dict[str, object]:
    """Name of the portal, demo mode, the colour mode chosen, and this page in each language."""
    mode = request.COOKIES.get("kleurstand", "")
    path = request.path.removeprefix("/en") if request.path.startswith("/en/") else request.path
    return {
        "portal_name": settings.PORTAL_NAME,
        "demo_mode": settings.DEMO_MODE,
        "colour_mode": mode if mode in COLOUR_MODES else "",
        # A developer's files have no hash in their name: kept once, they would stay for ever.
        "may_work_offline": not settings.DEBUG and may_work_offline(request.path),
        "language_addresses": getattr(
            request,
            "language_addresses",
            {code: prefix + path for code, prefix in LANGUAGES.items()},
        ),
    }
