"""What every page shares."""

from portal.pages.models.approval import SecondPersonTask
from portal.pages.models.base import PortalPage
from portal.pages.models.files import PortalDocument, PortalImage, PortalRendition
from portal.pages.models.generation import ContentGeneration
from portal.pages.models.themes import Theme
from portal.pages.models.updates import PageUpdate

__all__ = [
    "ContentGeneration",
    "PageUpdate",
    "PortalDocument",
    "PortalImage",
    "PortalPage",
    "PortalRendition",
    "SecondPersonTask",
    "Theme",
]
