"""From entries to what a visitor sees of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from portal.design.templatetags.design_tags import icon
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


def hits_of(
    pks: Sequence[int], question: Question, *, among: QuerySet[SearchEntry] | None
) -> list[Hit]:
    """A hit for each primary key, in the same order. Two queries.

    Args:
        pks: What an engine found.
        question: Says what to mark.
        among: What this visitor may find now: an engine that lags can hide, but never show. ``None``
            when the database gave the keys by that rule just now.
    """
    if not pks:
        return []
    if among is None:
        rows = shown_at(pks)
    else:
        rows = list(map(Shown._make, among.filter(pk__in=pks).values_list(*Shown._fields)))
    entries = {row.pk: row for row in rows}
    ways = ways_to(row.page__path for row in entries.values() if row.page__path)
    tokens = question.tokens
    return [hit_of(entries[pk], tokens, ways) for pk in pks if pk in entries]


def shown_at(pks: Sequence[int]) -> list[Shown]:
    """The rows of these entries, in any order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(shown_sql(len(pks)), list(pks))
        return list(map(Shown._make, cursor.fetchall()))


@lru_cache(maxsize=20)
def shown_sql(number: int) -> str:
    """The question for so many rows: the same text each time, and Django takes long to write it."""
    rows = SearchEntry.objects.order_by().filter(pk__in=range(number))
    return str(rows.values_list(*Shown._fields).query.sql_with_params()[0])


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


def listed(hits: Sequence[Hit]) -> SafeString:
    """The hits as items of a list; a hit's title and passage are HTML that is safe.

    Joined by hand for the same reason.
    """
    network, updated = escape(gettext("Network")), escape(gettext("Updated on"))
    language = get_language() or ""
    closed = f'<span class="portal-label portal-label--attention">{icon("lock")} {network}</span>'
    return mark_safe(  # noqa: S308  (what is not ours goes through ``escape``)
        "".join(
            '<li class="portal-result"><article><p class="portal-row portal-small">'
            f'<span class="portal-label {hit.look}">{escape(hit.kind_label)}</span>'
            f"{'' if hit.is_public else closed}"
            f"{way_as_html(hit)}</p>\n"
            f'<h3><a class="nl-link" href="{escape(hit.url)}">{hit.title}</a></h3>\n'
            f"<p>{hit.passage}</p>\n"
            f"{day_as_html(hit.updated, updated, language)}</article></li>"
            for hit in hits
        )
    )


def way_as_html(hit: Hit) -> str:
    """The titles above a hit; nothing when there are none."""
    return f'<span class="portal-muted">{escape(hit.way_shown)}</span>' if hit.way else ""


@lru_cache(maxsize=500)
def day_as_html(day: date | None, words: str, language: str) -> str:
    """When a hit was updated, in the language of the page; nothing when nobody knows."""
    if not day:
        return ""
    shown = date_format(day, "j F Y")
    return f'<p class="portal-small portal-muted">{words} {shown}</p>'
