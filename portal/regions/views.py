"""The style sheet of a look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.design.palette import stylesheet
from portal.regions.models import ThemeTokens

A_YEAR = 365 * 24 * 3600


@require_safe
def theme_css(request: HttpRequest, pk: int, version: str) -> HttpResponse:
    """Custom properties of one look; the address changes with the look, so it keeps for a year."""
    tokens = get_object_or_404(ThemeTokens, pk=pk)
    css = stylesheet(
        brand=tokens.brand,
        action=tokens.action,
        accent=tokens.accent,
        radius=tokens.radius,
    )
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
