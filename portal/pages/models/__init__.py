"""What every page shares."""

from portal.pages.models.base import PortalPage
from portal.pages.models.files import PortalDocument, PortalImage, PortalRendition
from portal.pages.models.generation import ContentGeneration
from portal.pages.models.themes import Theme

__all__ = [
    "ContentGeneration",
    "PortalDocument",
    "PortalImage",
    "PortalPage",
    "PortalRendition",
    "Theme",
]
