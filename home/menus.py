"""The menus as data for the base template."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import translation

from home.models.menus import MenuItem
from portal.pages.memory import remembered
from portal.pages.visibility import closed_paths, lies_in, request_restrictions


@dataclass(frozen=True)
class Entry:
    """One entry: its text, where it leads, and whether the visitor is there now."""

    title: str
    url: str
    current: str


def menus_for(request: HttpRequest) -> dict[str, list[Entry]]:
    """Every menu, holding only what this visitor may see; no query until a menu changes."""
    closed = closed_paths(request_restrictions(request), request.user)
    english = translation.get_language() == "en"
    name = f"menu_items:{'en' if english else 'nl'}:{request.get_host()}"
    menus: dict[str, list[Entry]] = {}
    for item, title, url in remembered(name, lambda: all_items(request, english=english)):
        if not (item.page and is_closed(item.page, closed)):
            entry = Entry(title, url, current(request.path, url))
            menus.setdefault(item.place, []).append(entry)
    return menus


def all_items(request: HttpRequest, *, english: bool) -> list[tuple[MenuItem, str, str]]:
    """Every entry with its page, its text and where it leads. One query."""
    return [
        (
            item,
            item.title_en if english and item.title_en else item.title,
            address(item, request, english=english),
        )
        for item in MenuItem.objects.select_related("page", "page__locale")
    ]


def is_closed(page: object, closed: list[str]) -> bool:
    """Whether the page is unpublished, or in a branch that stays closed."""
    return not page.live or lies_in(page.path, closed)  # type: ignore[attr-defined]


def address(item: MenuItem, request: HttpRequest, *, english: bool) -> str:
    """Where an entry leads; an address of the portal follows the language."""
    if item.page:
        return str(item.page.get_url(request) or "/")
    if english and item.url.startswith("/") and not item.url.startswith("/en/"):
        return f"/en{item.url}"
    return item.url


def current(path: str, url: str) -> str:
    """What ``aria-current`` says: ``page`` here, ``true`` above here, empty elsewhere."""
    if path == url:
        return "page"
    root = url in ("/", "/en/")
    return "true" if not root and url.startswith("/") and path.startswith(url) else ""
