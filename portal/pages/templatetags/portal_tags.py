"""What templates ask of a page."""

from django import template
from django.utils.text import slugify

register = template.Library()


@register.filter
def anchor(heading: object) -> str:
    """The anchor of a heading: its words, in lower case, joined by dashes."""
    return slugify(str(heading)) or "kop"
