"""Three brand colours become a look that everybody can read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.design.palette import (
    DARK_GROUND,
    FUNCTIONAL,
    STEPS,
    WHITE,
    contrast,
    from_oklch,
    problems,
    scale,
    stylesheet,
    to_oklch,
)

LOOK = {"brand": "#0a5a7d", "action": "#0b5f9e", "accent": "#f5b800"}
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#ffffff", "#ffffff") == 1
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@given(colours)
def test_a_colour_survives_the_way_to_oklch_and_back(colour):
    there_and_back = from_oklch(*to_oklch(colour))

    for one, other in zip(
        bytes.fromhex(colour[1:]), bytes.fromhex(there_and_back[1:]), strict=True
    ):
        assert abs(one - other) <= 2


@pytest.mark.parametrize("seed", [*LOOK.values(), *FUNCTIONAL.values(), "#7a1f4b", "#ffff00"])
def test_text_of_a_scale_can_be_read_in_light_and_dark(seed):
    steps = scale(seed)

    assert contrast(steps.light[400], WHITE) >= 4.5
    assert contrast(steps.light[500], steps.light[100]) >= 4.5
    assert contrast(steps.dark[400], DARK_GROUND) >= 4.5
    assert contrast(steps.dark[500], steps.dark[100]) >= 4.5


def test_the_look_of_the_demo_has_no_problems():
    assert problems(**LOOK) == []


def test_a_brand_colour_too_light_for_white_text_is_named():
    found = problems(**{**LOOK, "brand": "#7fc4e8"})

    assert [pair.colour for pair in found] == ["brand"]
    assert str(found[0]) == (
        "Witte tekst op de merkkleur: het contrast is 1,9, er is minstens 4,5 nodig."
    )


def test_an_accent_too_dark_for_dark_text_is_named():
    assert [pair.colour for pair in problems(**{**LOOK, "accent": "#003366"})] == ["accent"]


@given(colours, colours, colours)
def test_any_three_colours_give_a_style_sheet(brand, action, accent):
    css = stylesheet(brand=brand, action=action, accent=accent, radius=4)

    assert re.fullmatch(r":root\{(--[a-z0-9-]+:[^;{}<>]+;)+\}", css)


def test_every_colour_has_all_its_steps_in_light_and_dark():
    css = stylesheet(**LOOK, radius=4)

    for step in STEPS:
        assert re.search(rf"--portal-colour-brand-{step}:light-dark\(#\w{{6}},#\w{{6}}\);", css)


def test_corners_are_as_round_as_asked():
    css = stylesheet(**LOOK, radius=6)

    assert "--basis-border-radius-md:6px;" in css
    assert "--basis-border-radius-lg:12px;" in css
