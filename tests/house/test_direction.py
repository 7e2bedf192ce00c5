"""The portal can be read from the right, too: for the languages that reporters may get."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

CSS = Path(__file__).parents[2] / "portal/design/css"
# A side by its name on the screen stays there when the script turns; inline-start and -end turn along.
FIXED_SIDE = re.compile(
    r"(?:margin|padding|border|inset)-(?:left|right)|^\s*(?:left|right):"
    r"|(?:text-align|float|clear):\s*(?:left|right)",
    re.M,
)


def test_no_style_of_ours_names_a_side_of_the_screen():
    files = sorted(CSS.glob("*.css"))
    assert len(files) > 10
    found = {
        f"{file.name}: {line.strip()}"
        for file in files
        for line in file.read_text().splitlines()
        if FIXED_SIDE.search(line)
    }
    assert found == set()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "direction"), [("ar", ' dir="rtl"'), ("nl", "")])
def test_a_page_says_from_which_side_it_is_read(language, direction):
    page = engines["django"].from_string('{% extends "bare.html" %}')
    with override(language):
        text = page.render({}, RequestFactory().get("/meldpunt/"))
    assert f'<html lang="{language}"{direction}' in text
