"""The list of the knowledge base: filters in the address, a page at a time, a card each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import get_language
from wagtail.models import Page

from portal.pages.memory import remembered
from portal.pages.models import Theme
from portal.pages.visibility import closed_paths, inside_q, lies_in, request_restrictions

PER_PAGE = 20
SORTS = {
    "nieuw": ("-last_published_at", "-pk"),
    "titel": ("title", "pk"),
}
AUDIENCES = ("iedereen", "netwerk")


@dataclass(frozen=True)
class Filters:
    """What a visitor asks for; whatever is unknown is left out."""

    theme: str = ""
    kind: str = ""
    audience: str = ""
    sort: str = "nieuw"

    @classmethod
    def from_address(cls, request: HttpRequest, kinds: Sequence[str]) -> "Filters":
        """Read ``thema``, ``soort``, ``voor`` and ``volgorde``."""
        asked = request.GET
        kind, audience = asked.get("soort", ""), asked.get("voor", "")
        sort = asked.get("volgorde", "nieuw")
        return cls(
            theme=asked.get("thema", "")[:60],
            kind=kind if kind in kinds else "",
            audience=audience if audience in AUDIENCES else "",
            sort=sort if sort in SORTS else "nieuw",
        )

    def address(self, **changes: str) -> str:
        """The query of the address with some of it changed."""
        words = {
            "thema": self.theme,
            "soort": self.kind,
            "voor": self.audience,
            "volgorde": "" if self.sort == "nieuw" else self.sort,
            **changes,
        }
        return "?" + urlencode({name: word for name, word in words.items() if word})


@dataclass
class Card:
    """One page in the list."""

    title: str
    url: str
    kind: str
    summary: str
    day: date | None
    is_public: bool


@dataclass(frozen=True)
class ShelfTheme:
    """A theme with its parts, as the filter shows it."""

    slug: str
    name: str
    summary: str
    parts: tuple["ShelfTheme", ...] = ()

    @property
    def slugs(self) -> list[str]:
        """The theme and its parts."""
        return [self.slug, *(part.slug for part in self.parts)]


@dataclass(frozen=True)
class ThemeEntry:
    """A theme in the filter: its name, the address that chooses it, and its parts."""

    name: str
    address: str
    is_chosen: bool
    parts: tuple["ThemeEntry", ...] = ()


def shelf_context(index: Page, request: HttpRequest, types: list[Any]) -> dict[str, Any]:
    """Cards, filters and pages for the list below ``index``."""
    kinds = {model._meta.model_name: str(model._meta.verbose_name_plural) for model in types}
    filters = Filters.from_address(request, list(kinds))
    restrictions = request_restrictions(request)
    closed = closed_paths(restrictions, request.user)
    not_public = closed_paths(restrictions, AnonymousUser())
    themes = themes_of_shelf()
    number = request.GET.get("page", "")[:5]

    def load() -> tuple[Any, str]:
        rows = rows_below(index, types, filters, closed, not_public, themes)
        page = Paginator(rows, PER_PAGE).get_page(number)
        page.object_list = list(page.object_list)
        cards = cards_of(page.object_list, types, request, not_public)
        return page, draw(cards) if cards else ""

    # Only words that are known: whoever makes up addresses fills no memory.
    if filters.theme and not find_theme(themes, filters.theme):
        page, cards = load()
    else:
        name = f"shelf:{index.pk}:{get_language()}:{filters}:{number}:{'|'.join(closed)}"
        page, cards = remembered(name, load)
    return {
        "filters": filters,
        "theme_menu": [entry_of(theme, filters) for theme in themes],
        "all_themes_address": filters.address(thema=""),
        "chosen_theme": find_theme(themes, filters.theme),
        "shows_audience": request.user.is_authenticated,
        "kinds": kinds,
        "page_of_cards": page,
        "cards": cards,
    }


def draw(cards: list[Card]) -> str:
    """The cards as HTML, drawn once for everybody who may see the same."""
    return render_to_string("knowledge/library/shelf_cards.html", {"cards": cards})


def themes_of_shelf() -> list[ShelfTheme]:
    """Every theme with its parts. One query, until themes change."""
    return remembered("shelf_themes", load_themes)


def load_themes() -> list[ShelfTheme]:
    """The same, asked of the database."""
    rows = list(Theme.objects.all())
    parts: dict[int, list[ShelfTheme]] = {}
    for row in rows:
        if row.parent_id:
            part = ShelfTheme(row.slug, row.name, row.summary)
            parts.setdefault(row.parent_id, []).append(part)
    return [
        ShelfTheme(row.slug, row.name, row.summary, tuple(parts.get(row.pk, ())))
        for row in rows
        if not row.parent_id
    ]


def entry_of(theme: ShelfTheme, filters: Filters) -> ThemeEntry:
    """The theme as a link that keeps the other filters."""
    return ThemeEntry(
        name=theme.name,
        address=filters.address(thema=theme.slug),
        is_chosen=filters.theme == theme.slug,
        parts=tuple(entry_of(part, filters) for part in theme.parts),
    )


def find_theme(themes: list[ShelfTheme], slug: str) -> ShelfTheme | None:
    """The theme or part with this slug."""
    every = [one for theme in themes for one in (theme, *theme.parts)]
    return next((theme for theme in every if theme.slug == slug), None)


def rows_below(
    index: Page,
    types: list[Any],
    filters: Filters,
    closed: list[str],
    not_public: list[str],
    themes: list[ShelfTheme],
) -> Any:
    """Primary keys, paths and types of the pages that fit, in the order asked for."""
    wanted = [one for one in types if filters.kind in ("", one._meta.model_name)]
    rows = Page.objects.live().descendant_of(index).type(*wanted)
    rows = rows.exclude(inside_q(closed))
    if filters.audience:
        inside = inside_q(not_public)
        rows = rows.filter(inside if filters.audience == "netwerk" else ~inside)
    if filters.theme:
        theme = find_theme(themes, filters.theme)
        rows = rows.filter(about(theme.slugs if theme else [], wanted))
    return rows.order_by(*SORTS[filters.sort]).values_list("pk", "path")


def about(slugs: list[str], types: list[Any]) -> Q:
    """Pages of the types that carry one of the themes."""
    rule = Q(pk__in=[])
    for model in types:
        through = model._meta.get_field("themes").remote_field.through
        name = model._meta.model_name
        pages = through.objects.filter(theme__slug__in=slugs).values(f"{name}_id")
        rule |= Q(pk__in=pages)
    return rule


def cards_of(
    rows: Any, types: list[Any], request: HttpRequest, not_public: list[str]
) -> list[Card]:
    """A card for each row, in their order. One query for each type."""
    order = dict(rows)
    cards: dict[int, Card] = {}
    for model in types:
        for page in model.objects.filter(pk__in=order).only(
            "title", "url_path", "path", "depth", "summary", "last_published_at",
            "content_changed_on", "locale",
        ):  # fmt: skip
            published = page.last_published_at
            cards[page.pk] = Card(
                title=page.title,
                url=page.get_url(request),
                kind=str(model._meta.verbose_name),
                summary=page.summary,
                day=page.content_changed_on or (localdate(published) if published else None),
                is_public=not lies_in(order[page.pk], not_public),
            )
    return [cards[pk] for pk in order if pk in cards]
