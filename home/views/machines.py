"""Texts for machines: how to report a hole, and what may be indexed."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

PLAIN = "text/plain; charset=utf-8"


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a vulnerability (RFC 9116); expires within a year, as it asks."""
    lines = [
        f"Contact: mailto:{settings.SECURITY_CONTACT}",
        f"Contact: {settings.PORTAL_URL}/kwetsbaarheid-melden/",
        f"Expires: {(timezone.now() + timedelta(days=180)).strftime('%Y-%m-%dT00:00:00Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.PORTAL_URL}/.well-known/security.txt",
        f"Policy: {settings.PORTAL_URL}/kwetsbaarheid-melden/",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Everything public may be found; what asks to sign in, and the meldpunt's steps, may not."""
    closed = [
        "/beheer/",
        "/werkplek/",
        "/account/",
        "/meldpunt/melden/",
        "/meldpunt/code/",
        "/zoeken/",
    ]
    both = [*closed, *(f"/en{path}" for path in closed)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in both)]
    return HttpResponse(
        "\n".join([*lines, "", f"Sitemap: {settings.PORTAL_URL}/sitemap.xml", ""]),
        content_type=PLAIN,
    )
