"""The look of the municipality whose page this is."""

from django.http import HttpRequest

from portal.regions.themes import theme_for


def theme(request: HttpRequest) -> dict[str, object]:
    """``theme``: name, style sheet address and emblem; a neutral look when nothing is set."""
    return {"theme": theme_for(getattr(request, "municipality", None))}
