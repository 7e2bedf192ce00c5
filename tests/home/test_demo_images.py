"""What the drawings of the demo must be: our own, small, and harmless to show inline."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.home.demo_texts import all_texts

FOLDER = Path(__file__).parents[2] / "home" / "demo" / "images"
DRAWINGS = sorted(FOLDER.glob("*.svg"))
SHAPES = {"svg", "g", "rect", "circle", "ellipse", "path"}
each_drawing = pytest.mark.parametrize("drawing", DRAWINGS, ids=[path.stem for path in DRAWINGS])


def test_there_is_a_drawing_for_every_text_and_a_text_for_every_drawing() -> None:
    used = {text.fields["image"] for text in all_texts()}
    assert {path.stem for path in DRAWINGS} == used


@each_drawing
def test_a_drawing_is_wide_as_a_card_and_small_as_a_page_can_bear(
    drawing: Path,
) -> None:
    root = ElementTree.parse(drawing).getroot()
    assert root.get("viewBox") == "0 0 640 360"
    assert drawing.stat().st_size < 12_000


@each_drawing
def test_a_drawing_holds_shapes_only(drawing: Path) -> None:
    for element in ElementTree.parse(drawing).iter():
        assert element.tag.rpartition("}")[2] in SHAPES
        names = set(element.attrib)
        assert not {name for name in names if re.match(r"on|style|.*href|class|id", name)}
