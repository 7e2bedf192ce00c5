"""Menus, for the base template."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.menus import menus_for


def menus(request: HttpRequest) -> dict[str, Any]:
    """``menus``: place to entries; asked of the database only when a template shows them."""
    return {"menus": SimpleLazyObject(lambda: menus_for(request))}
