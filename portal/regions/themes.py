"""From stored theme tokens to a style sheet with an address that may be cached for ever."""

import hashlib
from dataclasses import dataclass

from django.conf import settings

from portal.regions.models import Municipality, ThemeTokens


@dataclass(frozen=True)
class Theme:
    """What the base template needs to know of a look."""

    name: str
    portal_name: str
    municipality_name: str
    brand: str
    emblem: str
    css_url: str


NEUTRAL = Theme("", settings.PORTAL_NAME, "", "#0a5a7d", "tree", "")


def theme_for(municipality: Municipality | None) -> Theme:
    """The look of ``municipality``, else of the region, else the neutral one. One query."""
    wanted = municipality.pk if municipality else None
    found = {
        tokens.municipality_id: tokens
        for tokens in ThemeTokens.objects.filter(municipality=None)
        | ThemeTokens.objects.filter(municipality=wanted)
    }
    tokens = found.get(wanted) or found.get(None)
    if tokens is None:
        return NEUTRAL
    return Theme(
        name=tokens.name,
        portal_name=tokens.portal_name or settings.PORTAL_NAME,
        municipality_name=municipality.name if municipality else "",
        brand=tokens.brand,
        emblem=tokens.emblem,
        css_url=f"/thema/{tokens.pk}-{version(tokens)}.css",
    )


def version(tokens: ThemeTokens) -> str:
    """Eight characters that change when the look changes."""
    text = f"{tokens.brand}|{tokens.action}|{tokens.accent}|{tokens.radius}"
    return hashlib.sha256(text.encode()).hexdigest()[:8]
