"""Every type of page, for everybody's eyes: contrast, names, order, and room on a small screen."""

import os
from pathlib import Path

import pytest

from tests.journeys.page_types import PAGES

SHOTS = os.environ.get("PORTAL_SCREENSHOTS")
SIZES = (1280, 390)
COLOURS = ["color-contrast", "link-in-text-block"]  # all that the dark look changes


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_this_type_of_page(name, visitor, axe):
    who, address = PAGES[name]
    page = visitor(who=who)
    page.goto(address)

    found = []
    for width in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in (("light", None), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme} {trouble}" for trouble in axe(page, rules)]
            photograph(page, f"{name}-{width}-{scheme}")

    assert not found, "\n".join(found)
    assert sideways(page, width=320) == 0


def sideways(page, *, width):
    """How many pixels of the page lie beside a window of this width (WCAG 1.4.10)."""
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def photograph(page, name):
    """Keep a picture for who looks at the design (PORTAL_SCREENSHOTS names the folder)."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name.replace(' ', '-')}.png", full_page=True)
