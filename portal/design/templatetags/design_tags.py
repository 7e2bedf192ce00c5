"""What templates need to show things."""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
HERE = "[here]"  # stands for an address until that is known


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str) -> SafeString:
    """The drawing ``name`` out of the sprite; decoration, so hidden from screen readers.

    A page shows some twenty; the address of the sprite stays the same while a process runs.
    """
    return format_html(
        '<svg class="portal-icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("portal/build/icons.svg"),
        name,
    )


@register.simple_tag
def address(path: str) -> str:
    """``path`` in the language of now: rooms above have their addresses as text only."""
    language = language_now()
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


@register.simple_tag
def page_links(page: Page[Any], request: HttpRequest) -> SafeString:
    """The links to the pages of a list, drawn once for each place in a list of that length.

    What is asked is put in afterwards, so it is not kept.
    """
    asked = request.GET.copy()
    asked.pop("page", None)
    address = f"?{asked.urlencode()}&page=" if asked else "?page="
    numbers = page.paginator.get_elided_page_range(page.number)
    values = {
        "address": HERE,
        "number": str(page.number),
        "numbers": tuple(map(str, numbers)),
        "gap": str(page.paginator.ELLIPSIS),
        "previous": str(page.previous_page_number()) if page.has_previous() else "",
        "next": str(page.next_page_number()) if page.has_next() else "",
    }
    drawing = drawn("components/page_links.html", language_now(), tuple(values.items()))
    return mark_safe(drawing.replace(HERE, escape(address)))  # noqa: S308  (drawn by a template)


@register.simple_tag
def kept(name: str, **values: Any) -> SafeString:
    """The template ``name`` with these values only, drawn once for each set of them.

    For what stands alike on every page. The values are all it knows, so it is never out of date.
    """
    fixed = tuple(
        (key, tuple(value) if isinstance(value, list) else value) for key, value in values.items()
    )
    return drawn(name, language_now(), fixed)


@lru_cache(maxsize=500)
def drawn(name: str, language: str, values: tuple[tuple[str, Any], ...]) -> SafeString:
    """What ``kept`` keeps, by what it depends on."""
    return mark_safe(render_to_string(name, dict(values)))  # noqa: S308  (drawn by a template)


def language_now() -> str:
    """The code of the language that is drawn in."""
    return get_language() or settings.LANGUAGE_CODE
