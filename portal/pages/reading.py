"""What stands around a text: contents, reading time, related pages, changes."""

import math
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.pages.anchors import zip_anchors
from portal.pages.memory import remembered
from portal.pages.models.updates import PageUpdate
from portal.pages.sections import text_of
from portal.pages.visibility import access_key, closed_paths, inside_q, request_restrictions

WORDS_A_MINUTE = 200
RELATED_SHOWN, SAME_THEME_SHOWN = 6, 3
UPDATES_SHOWN = 10


@dataclass(frozen=True)
class Heading:
    """A heading and its anchor."""

    title: str
    anchor: str


@dataclass(frozen=True)
class RelatedPage:
    """A page to read next, and why it is here."""

    title: str
    url: str
    why: str


@dataclass(frozen=True)
class Around:
    """What stands around a text for every visitor alike."""

    themes: list[Any]
    minutes: int
    contents: list[Heading]
    updates: list[PageUpdate]


def reading_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Everything around the text of ``page`` that this visitor may see.

    Three queries; none when the page was read since content changed last, by somebody to whom the
    same branches are closed.
    """
    closed = closed_paths(request_restrictions(request), request.user)
    if getattr(request, "is_preview", False):
        around = what_stands_around(page)
        related = related_pages(page, request, around.themes, closed)
    else:
        language = get_language()
        around = remembered(f"around:{page.pk}", lambda: what_stands_around(page))
        related = remembered(
            f"related:{language}:{page.pk}:{'|'.join(closed)}",
            lambda: related_pages(page, request, around.themes, closed),
        )
    return {
        "is_public": not access_key(page.path, request_restrictions(request)),
        "page_themes": around.themes,
        "minutes": around.minutes,
        "contents": around.contents,
        "related_pages": related,
        "updates": around.updates,
    }


def what_stands_around(page: Any) -> Around:
    """The same for everybody. Two queries."""
    return Around(
        themes=list(page.themes.all()),
        minutes=minutes_to_read(page),
        contents=headings_of(page.body),
        updates=list(PageUpdate.objects.filter(page_id=page.pk)[:UPDATES_SHOWN]),
    )


def minutes_to_read(page: Any) -> int:
    """Whole minutes for what everybody on the page reads, at least one."""
    words = sum(len(text_of(getattr(page, name)).split()) for name in page.body_fields)
    return max(1, math.ceil(words / WORDS_A_MINUTE))


def headings_of(stream: Any) -> list[Heading]:
    """The headings outside blocks for an audience, each with an anchor of its own."""
    texts = (str(block.value) for block in stream if block.block_type == "heading")
    return [Heading(text, anchor) for text, anchor in zip_anchors(texts)]


def related_pages(
    page: Any, request: HttpRequest, themes: list[Any], closed: list[str]
) -> list[RelatedPage]:
    """Pages that the editor chose, then pages of the same kind about the same theme. One query."""
    chosen = list(dict.fromkeys(child["value"] for child in page.related.raw_data))
    wanted = Q(pk__in=chosen)
    if themes:
        wanted |= Q(pk__in=same_theme(page, themes[0], closed))
    if not chosen and not themes:
        return []
    found = {
        row.pk: row
        for row in open_pages(Page.objects.filter(wanted), closed)
        .exclude(pk=page.pk)
        .order_by("-last_published_at", "pk")
    }
    rows = [(found.pop(pk), _("chosen by the editor")) for pk in chosen if pk in found]
    if themes:
        why = _("same theme: %(theme)s") % {"theme": themes[0]}
        rows += [(row, why) for row in list(found.values())[:SAME_THEME_SHOWN]]
    return [RelatedPage(row.title, row.get_url(request), why) for row, why in rows[:RELATED_SHOWN]]


def same_theme(page: Any, theme: Any, closed: list[str]) -> Any:
    """Keys of the newest pages of the same kind about the theme, enough for after the chosen."""
    pages = type(page).objects.filter(themes=theme, live=True).exclude(inside_q(closed))
    newest = pages.exclude(pk=page.pk).order_by("-last_published_at", "pk")
    return newest.values("pk")[: SAME_THEME_SHOWN + RELATED_SHOWN]


def open_pages(pages: Any, closed: list[str]) -> Any:
    """The live ones outside the closed branches, with what a link needs."""
    return (
        pages.filter(live=True)
        .exclude(inside_q(closed))
        .only("pk", "title", "url_path", "path", "depth")
    )
