"""Changes after which no cached page may be shown any more."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
    Site,
)
from wagtail.signals import page_published, page_unpublished, post_page_move

from portal.pages.models import PortalDocument, PortalImage, Theme
from portal.pages.page_cache import raise_generation
from portal.regions.models import Municipality, ThemeTokens

WATCHED = [
    Collection,
    CollectionViewRestriction,
    Municipality,
    PageViewRestriction,
    PortalDocument,
    PortalImage,
    Site,
    Theme,
    ThemeTokens,
]


def connect() -> None:
    """Watch everything that an anonymous visitor may see."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(content_changed, dispatch_uid="pages.content_changed")
    for model in WATCHED:
        watch(model)


def watch(model: Any) -> None:
    """Rooms above call this for their own models, such as menus."""
    for signal in (post_save, post_delete):
        signal.connect(
            content_changed, sender=model, dispatch_uid=f"pages.{model.__name__}"
        )


def content_changed(sender: Any, **kwargs: Any) -> None:
    """Raise the generation; a fixture being loaded raises it too."""
    raise_generation()
