"""Changes after which no cached page may be shown any more."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
    Site,
)
from wagtail.signals import page_published, page_unpublished, post_page_move

from portal.pages import memory
from portal.pages.models import PortalDocument, PortalImage, PortalPage, Theme
from portal.pages.page_cache import raise_generation
from portal.pages.services.publication import note_publication
from portal.regions.models import Area, Municipality, ThemeTokens

WATCHED = [
    Area,
    Collection,
    CollectionViewRestriction,
    Group,
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
    memory.connect()
    page_published.connect(published, dispatch_uid="pages.published")
    for model in (PageViewRestriction, CollectionViewRestriction):
        m2m_changed.connect(
            content_changed,
            sender=model.groups.through,
            dispatch_uid=f"pages.{model.__name__}.groups",
        )
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(content_changed, dispatch_uid="pages.content_changed")
    for model in WATCHED:
        watch(model)


def watch(model: Any) -> None:
    """Rooms above call this for their own models, such as menus."""
    for signal in (post_save, post_delete):
        signal.connect(content_changed, sender=model, dispatch_uid=f"pages.{model.__name__}")


def content_changed(sender: Any, **kwargs: Any) -> None:
    """Raise the generation; a fixture being loaded raises it too."""
    raise_generation()
    memory.forget()


def published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Tell readers what changed, when the editor said that the content did."""
    if isinstance(instance, PortalPage) and not instance.alias_of_id:
        note_publication(instance, revision=kwargs.get("revision"))
        content_changed(sender)
