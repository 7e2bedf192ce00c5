"""What templates need to show things."""

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """The drawing ``name`` out of the sprite; decoration, so hidden from screen readers."""
    return format_html(
        '<svg class="portal-icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("portal/build/icons.svg"),
        name,
    )


@register.simple_tag
def address(path: str) -> str:
    """``path`` in the language of now: rooms above have their addresses as text only."""
    language = get_language() or settings.LANGUAGE_CODE
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"
