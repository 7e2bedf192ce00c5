"""For whom the portal is."""

from portal.regions.models.municipalities import Area, Municipality, Region
from portal.regions.models.theme_tokens import ThemeTokens
from portal.regions.models.zones import Zone, ZoneSwitch

__all__ = ["Area", "Municipality", "Region", "ThemeTokens", "Zone", "ZoneSwitch"]
