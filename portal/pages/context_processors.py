"""The look of the municipality whose page this is."""

from django.http import HttpRequest

from portal.pages.memory import remembered
from portal.regions.themes import theme_for


def theme(request: HttpRequest) -> dict[str, object]:
    """``theme``: name, style sheet address and emblem; a neutral look when nothing is set."""
    municipality = getattr(request, "municipality", None)
    name = f"theme:{municipality.pk if municipality else ''}"
    return {"theme": remembered(name, lambda: theme_for(municipality))}
