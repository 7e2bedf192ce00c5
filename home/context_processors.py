"""Menus, for the base template."""

from django.http import HttpRequest


def menus(request: HttpRequest) -> dict[str, object]:
    """``menus``: main and footer, holding only what the visitor may see."""
    return {"menus": {"main": [], "footer": []}}
