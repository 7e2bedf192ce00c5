"""Which entries a visitor may find: the keys of the roles of this moment, and the pages' own rule."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from network.directory.policies import can_read
from network.events.policies import can_read_agenda
from portal.accounts import audiences
from portal.pages.memory import remembered
from portal.pages.visibility import (
    Visitor,
    admits,
    closed_paths,
    collection_restrictions,
    page_restrictions,
    visible_collections_q,
    visible_pages_q,
)
from search.models import AccessKey, Kind, SearchEntry


def admitted_keys(visitor: Visitor) -> list[AccessKey]:
    """The access keys that open for the visitor now. One query, until content changes."""
    names = audiences.names_for(visitor)
    every = remembered("search_access_keys", lambda: list(AccessKey.objects.all()))
    is_super = visitor.is_authenticated and visitor.is_superuser
    who = f"{visitor.is_authenticated}:{is_super}:{'|'.join(sorted(names))}"
    return remembered(
        f"search_open_keys:{who}",
        lambda: [key for key in every if admits(visitor, key.text, names)],
    )


def findable_by(
    visitor: Visitor, language: str, keys: Sequence[AccessKey]
) -> QuerySet[SearchEntry]:
    """The entries with an open key, on pages that the database says the visitor may read.

    The second rule is the one of every list of pages. It is asked again here so that a key that
    was not refreshed can hide something, but never show it.
    """
    return remembered(
        f"search_findable:{sort_of(visitor, language, keys)}",
        lambda: _findable_by(visitor, language, keys),
    ).all()


def sort_of(visitor: Visitor, language: str, keys: Sequence[AccessKey]) -> str:
    """All that decides what may be found: equal for visitors who may find the same."""
    numbers = sorted(key.pk for key in keys)
    closed = closed_paths(page_restrictions(), visitor)
    files = closed_paths(collection_restrictions(), visitor)
    return f"{language}:{numbers}:{closed}:{files}:{can_read(visitor)}:{can_read_agenda(visitor)}"


def _findable_by(
    visitor: Visitor, language: str, keys: Sequence[AccessKey]
) -> QuerySet[SearchEntry]:
    readable = Page.objects.order_by().filter(visible_pages_q(visitor), pk=OuterRef("page_id"))
    rows = SearchEntry.objects.filter(
        Q(page=None, collection=None)
        | Q(Exists(readable))
        | Q(collection__isnull=False) & visible_collections_q(visitor),
        language=language,
        access_key__in=[key.pk for key in keys],
    )
    # The rules of the directory's and the agenda's own lists, whatever the keys say.
    if not can_read(visitor):
        rows = rows.exclude(kind=Kind.ORGANISATION)
    if not can_read_agenda(visitor):
        rows = rows.exclude(kind=Kind.EVENT, extra_key__gt="")
    return rows
