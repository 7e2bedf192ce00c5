"""The places of Lindekade, and how two of its municipalities look."""

from datetime import date

from portal.pages.models import Theme
from portal.regions.models import (
    Area,
    Municipality,
    Region,
    ThemeTokens,
    Zone,
    ZoneSwitch,
)

MUNICIPALITIES = {
    "Demodam": ["Havenkwartier", "Noorderbuurt", "Centrum", "De Weiden"],
    "Polderveen": ["Dorp", "Ringvaart", "Oostpolder"],
    "Kadewoude": ["Bosrand", "Kerkbuurt"],
    "Oosterlinde": ["Lindehof", "Stationsbuurt"],
}
WITH_MELDPUNT = ["Demodam", "Polderveen"]
THEMES = {
    "radicalisering": ("Radicalisering", "Radicalisation", ["online"]),
    "online": ("Online", "Online", []),
    "polarisatie": ("Polarisatie", "Polarisation", ["gemeenschappen"]),
    "gemeenschappen": ("Gemeenschappen", "Communities", []),
    "preventie": ("Preventie", "Prevention", ["jeugd"]),
    "jeugd": ("Jeugd", "Youth", []),
    "samenwerken": ("Samenwerken", "Working together", ["privacy", "wetgeving"]),
    "privacy": ("Privacy", "Privacy", []),
    "wetgeving": ("Wetten en regels", "Law", []),
    "crisis": ("Spanning en crisis", "Tension and crisis", []),
}


def make_region() -> dict[str, Municipality]:
    """The region with its municipalities, by slug; what exists already stays."""
    region, _new = Region.objects.get_or_create(slug="lindekade", defaults={"name": "Lindekade"})
    found = {}
    for number, (name, areas) in enumerate(MUNICIPALITIES.items(), start=1):
        municipality, _new = Municipality.objects.get_or_create(
            slug=name.lower(),
            defaults={
                "region": region,
                "name": name,
                "phone": "14 088 000",
                "meldpunt_phone": f"088 000 00 {number}0",
                "meldpunt_hours": "op werkdagen van 9.00 tot 17.00 uur",
            },
        )
        for area in areas:
            Area.objects.get_or_create(
                municipality=municipality,
                slug=area.lower().replace(" ", "-"),
                defaults={"name": area},
            )
        found[municipality.slug] = municipality
        open_zone(municipality, is_on=name in WITH_MELDPUNT)
    make_looks(found)
    return found


def open_zone(municipality: Municipality, *, is_on: bool) -> None:
    """The meldpunt of a municipality, with the fields of GR-22."""
    ZoneSwitch.objects.get_or_create(
        municipality=municipality,
        zone=Zone.MELDPUNT,
        defaults={
            "is_on": is_on,
            "dpia_reference": "DPIA 2026-04 (fictief)",
            "dpo_advice_on": date(2026, 6, 1),
            "process_owner": "Teamleider Veiligheid (fictief)",
            "confirmed_on": date(2026, 6, 15),
        },
    )


def make_looks(municipalities: dict[str, Municipality]) -> None:
    """The look of the region and of one municipality that differs."""
    ThemeTokens.objects.get_or_create(
        municipality=None,
        defaults={
            "name": "Lindekade",
            "brand": "#0a5a7d",
            "action": "#0b5f9e",
            "accent": "#f5b800",
        },
    )
    ThemeTokens.objects.get_or_create(
        municipality=municipalities["polderveen"],
        defaults={
            "name": "Polderveen",
            "brand": "#7a1f4b",
            "action": "#8a2457",
            "accent": "#8fd3a8",
            "radius": 10,
            "emblem": "roof",
        },
    )


def make_themes() -> dict[str, Theme]:
    """Themes in two levels, by slug."""
    found = {}
    for order, (slug, (name, name_en, _parts)) in enumerate(THEMES.items()):
        found[slug], _new = Theme.objects.get_or_create(
            slug=slug, defaults={"name": name, "name_en": name_en, "sort_order": order}
        )
    for slug, (_name, _name_en, parts) in THEMES.items():
        Theme.objects.filter(slug__in=parts).update(parent=found[slug])
    return found
