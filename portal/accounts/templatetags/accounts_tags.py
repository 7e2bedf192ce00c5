"""Small things that the templates about people need."""

from django import template

register = template.Library()


@register.filter
def named(names: dict[str, str], reference: str) -> str:
    """The name that belongs to a reference, or the reference itself."""
    return names.get(reference, reference)
