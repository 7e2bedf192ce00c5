"""From entries to what a visitor sees of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from wagtail.models import Page

from portal.pages.memory import remembered
from search.highlights import marked, passage
from search.models import Kind, SearchEntry
from search.questions import Question
from search.results import Facet, Hit


class Shown(NamedTuple):
    """What a hit needs of its entry, under the names of the columns."""

    pk: int
    source: str
    kind: str
    language: str
    url_path: str
    anchor: str
    updated: date | None
    title: str
    summary: str
    text: str
    access_key__text: str
    page__path: str | None
    page__title: str | None


def hits_of(pks: Sequence[int], question: Question, *, among: QuerySet[SearchEntry]) -> list[Hit]:
    """A hit for each primary key, in the same order. Two queries.

    Args:
        pks: What an engine found.
        question: Says what to mark.
        among: What this visitor may find now: an engine that lags can hide, but never show.
    """
    if not pks:
        return []
    rows = map(Shown._make, among.filter(pk__in=pks).values_list(*Shown._fields))
    entries = {row.pk: row for row in rows}
    ways = ways_to(row.page__path for row in entries.values() if row.page__path)
    tokens = question.tokens
    return [hit_of(entries[pk], tokens, ways) for pk in pks if pk in entries]


def hit_of(entry: Shown, tokens: frozenset[str], ways: dict[str, str]) -> Hit:
    """One entry as HTML that is safe to show."""
    return Hit(
        title=marked(entry.title, tokens, entry.language),
        passage=passage(entry.text, tokens, entry.language, otherwise=entry.summary),
        url=f"{entry.url_path}#{entry.anchor}" if entry.anchor else entry.url_path,
        kind=Kind(entry.kind),
        way=way_of(entry, ways),
        is_public=not entry.access_key__text,
        updated=entry.updated,
        source=entry.source,
    )


def ways_to(paths: Iterable[str]) -> dict[str, str]:
    """Path to title of every page above these, but the front page. One query until content changes."""
    above = sorted({path for each in paths for path in paths_above(each)})
    return remembered(
        f"search_ways:{','.join(above)}",
        lambda: dict(Page.objects.filter(path__in=above).order_by().values_list("path", "title")),
    )


def paths_above(path: str) -> list[str]:
    """The paths of the pages between the front page and this one."""
    return [path[:end] for end in range(3 * Page.steplen, len(path), Page.steplen)]


def way_of(entry: Shown, ways: dict[str, str]) -> list[str]:
    """The titles above an entry; a part of a page stands below the page itself."""
    if not entry.page__path:
        return []
    titles = [ways[path] for path in paths_above(entry.page__path) if path in ways]
    return [*titles, entry.page__title or ""] if entry.anchor else titles


def choices_of(facet: Facet) -> SafeString:
    """The choices of a facet as check boxes, for the form of filters.

    Joined by hand: a page has some forty, and a template takes five times as long for them.
    """
    word = escape(gettext("results"))
    return mark_safe(  # noqa: S308  (what is not ours goes through ``escape``)
        "".join(
            '<label class="portal-choice"><input class="utrecht-checkbox utrecht-checkbox--html-input'
            f' utrecht-checkbox--custom" type="checkbox" name="{facet.name}"'
            f' value="{escape(choice.value)}"{" checked" if choice.is_chosen else ""}>'
            f" <span>{escape(choice.label)}</span>"
            ' <span class="portal-choice__count"><span class="portal-hidden">, </span>'
            f'{choice.count}<span class="portal-hidden"> {word}</span></span></label>'
            for choice in facet.choices
        )
    )
