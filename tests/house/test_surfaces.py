"""A process has only the addresses of its own surfaces (decision 0006)."""

import re
from uuid import UUID

import pytest
from django.urls import Resolver404, URLPattern, URLResolver
from django.urls.resolvers import RegexPattern

from portal.urls import addresses, editors, public, reporter, workspace

ANY = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": str(UUID(int=1)), "": "x"}
SURFACES = {
    "melden": reporter,
    "werkplek": workspace,
    "beheer": editors,
    "publiek": public,
}


def routes(resolver, before=""):
    """Every route, without the prefix of a language."""
    for entry in resolver.url_patterns:
        part = str(entry.pattern)
        if isinstance(entry.pattern, RegexPattern):
            part = part.strip("^$")
        if isinstance(entry, URLPattern):
            yield before + part
        else:
            yield from routes(entry, before + part)


def address_of(route):
    """An address that the route takes."""
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda found: ANY[found[1] or ""], route)
    filled = re.sub(r"\(\?P<\w+>[^)]*\)|\(\\d\+\)", "1", filled)
    return "/" + re.sub(r"\((?:\.\*|\(\?:.*)\)|\.\*", "x", filled).replace("\\", "")


def addresses_of(entries):
    """An address for each route."""
    return {address_of(route) for route in routes(URLResolver(RegexPattern(r"^/"), entries))}


def answers(resolver, address):
    """Whether a view would be asked; the pages of editors answer 404 themselves."""
    try:
        return resolver.resolve(address).func.__name__ != "serve_page"
    except Resolver404:
        return False


@pytest.mark.parametrize("surface", SURFACES)
def test_a_process_knows_no_address_of_another_surface(surface):
    served = URLResolver(RegexPattern(r"^/"), addresses([surface]))
    own = addresses_of(addresses([surface]))
    assert any(answers(served, address) for address in addresses_of(SURFACES[surface]))
    for other, entries in SURFACES.items():
        if other != surface:
            strange = addresses_of(entries) - own
            assert strange
            assert [address for address in strange if answers(served, address)] == []
