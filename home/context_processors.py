"""Menus, for the base templates."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.menus import menus_for
from home.werkplek import menu_for


def menus(request: HttpRequest) -> dict[str, Any]:
    """``menus``: place to entries; asked of the database only when a template shows them."""
    return {"menus": SimpleLazyObject(lambda: menus_for(request))}


def werkplek(request: HttpRequest) -> dict[str, Any]:
    """``werkplek_menu``: the side menu of the workspace."""
    return {"werkplek_menu": SimpleLazyObject(lambda: menu_for(request))}
