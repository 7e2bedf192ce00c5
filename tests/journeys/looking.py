"""Looking at a page as everybody sees it: two widths, two colours, and no sideways scroll."""

import os
from pathlib import Path

SHOTS = os.environ.get("PORTAL_SCREENSHOTS")
SIZES = (1280, 390)
COLOURS = ["color-contrast", "link-in-text-block"]  # all that the dark look changes


def troubles(page, axe, name):
    """What is wrong with a page, as text; empty is good. Keeps pictures when asked to."""
    found = []
    for width in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in (("light", None), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found += [f"{name} {width} {scheme} {trouble}" for trouble in axe(page, rules)]
            photograph(page, f"{name}-{width}-{scheme}")
    if beside := sideways(page, width=320):
        found.append(f"{name} is {beside} pixels too wide")
    page.set_viewport_size({"width": SIZES[0], "height": 900})
    page.emulate_media(color_scheme="light")
    return found


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
