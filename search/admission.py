"""Which entries a visitor may find: the keys of the roles of this moment, and the pages' own rule."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Collection, Page

from network.directory.policies import can_read, can_see_people
from network.events.policies import can_read_agenda
from portal.accounts import audiences
from portal.pages.memory import remembered
from portal.pages.visibility import (
    Visitor,
    admits,
    closed_paths,
    collection_restrictions,
    inside_q,
    page_restrictions,
    visible_pages_q,
)
from search.models import AccessKey, Kind, SearchEntry

MOST_UNSEEN = 500  # pages; with more the index is far behind


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
    kinds = unseen_kinds(visitor)
    return f"{language}:{numbers}:{closed}:{files}:{kinds}:{can_read_agenda(visitor)}"


def unseen_kinds(visitor: Visitor) -> list[str]:
    """What the directory's own lists keep from the visitor, whatever the keys say."""
    rules = ((Kind.ORGANISATION, can_read(visitor)), (Kind.PERSON, can_see_people(visitor)))
    return [kind.value for kind, is_open in rules if not is_open]


def on_readable_pages(rows: QuerySet[SearchEntry], visitor: Visitor) -> Q:
    """The rule of lists of pages for these entries.

    Their keys say the same already, so hardly any page is behind a door: those are asked for once,
    until content changes, in place of asking about the page of each entry in every question.
    """
    readable = Page.objects.order_by().filter(visible_pages_q(visitor), pk=OuterRef("page_id"))
    unseen = rows.order_by().filter(~Q(Exists(readable)), page__isnull=False)
    pages = list(unseen.values_list("page_id", flat=True).distinct()[: MOST_UNSEEN + 1])
    if len(pages) > MOST_UNSEEN:
        return Q(page=None) | Q(Exists(readable))
    return ~Q(page__in=pages)


def closed_shelves(visitor: Visitor) -> list[int]:
    """The collections of files that stay closed for the visitor."""
    paths = closed_paths(collection_restrictions(), visitor)
    if not paths:
        return []
    return list(Collection.objects.order_by().filter(inside_q(paths)).values_list("pk", flat=True))


def _findable_by(
    visitor: Visitor, language: str, keys: Sequence[AccessKey]
) -> QuerySet[SearchEntry]:
    rows = SearchEntry.objects.filter(language=language, access_key__in=[key.pk for key in keys])
    rows = rows.filter(on_readable_pages(rows, visitor))
    if closed := closed_shelves(visitor):
        rows = rows.exclude(collection__in=closed)
    # The rules of the directory's and the agenda's own lists, whatever the keys say.
    if unseen := unseen_kinds(visitor):
        rows = rows.exclude(kind__in=unseen)
    if not can_read_agenda(visitor):
        rows = rows.exclude(kind=Kind.EVENT, extra_key__gt="")
    return rows
