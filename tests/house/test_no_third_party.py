"""No page loads anything from somebody else, and nothing runs inline (frontend.md 3)."""

import re

import pytest

from tests.house.rooms import ROOT, own_files

# A link that a visitor follows is no load; a namespace of SVG or of an XML feed is no address.
LOADS = {
    "an element that loads": re.compile(
        r"<(?:script|img|iframe|source|video|audio|embed|object|link|form|use|image)\b[^>]*?"
        r"\s(?:src|srcset|href|data|action|poster|xlink:href)\s*=\s*[\"']?\s*(?:https?:)?//",
        re.IGNORECASE | re.DOTALL,
    ),
    "a style that loads": re.compile(
        r"(?:url\(\s*[\"']?|@import\s+[\"'])(?:https?:)?//", re.IGNORECASE
    ),
    "a script that calls": re.compile(
        r"(?:fetch|import|importScripts|open|sendBeacon|WebSocket|EventSource)"
        r"\(\s*(?:[\"'][A-Z]+[\"']\s*,\s*)?[\"'`](?:https?:|wss?:)?//"
    ),
}
INLINE = {
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:ld\+)?json)", re.IGNORECASE
    ),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"href\s*=\s*[\"']\s*javascript:", re.IGNORECASE),
}
BROWSER_FILES = sorted(own_files(".html", ".css", ".js", ".svg"))
CANONICAL = re.compile(r"<link\b[^>]*\brel=[\"'](?:canonical|alternate|license)[\"'][^>]*>")
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"{%.*?%}", re.DOTALL)


def found(text, patterns):
    text = TAG.sub(" ", COMMENT.sub("", CANONICAL.sub("", text)))
    return [name for name, pattern in patterns.items() if pattern.search(text)]


def test_there_are_files_to_look_at():
    assert {path.suffix for path in BROWSER_FILES} >= {".html", ".css", ".js"}


def test_no_file_of_ours_loads_from_a_third_party():
    loads = {str(path.relative_to(ROOT)): found(path.read_text(), LOADS) for path in BROWSER_FILES}
    assert not {path: what for path, what in loads.items() if what}


def test_what_is_built_loads_from_no_third_party():
    built = ROOT / "portal/design/static/portal/build"
    if not built.exists():
        pytest.skip("needs the built look: make assets")
    for path in [*built.rglob("*.css"), *built.rglob("*.js"), *built.rglob("*.svg")]:
        assert not found(path.read_text(), LOADS), path.name


def test_no_template_holds_inline_script_or_style():
    inline = {
        str(path.relative_to(ROOT)): found(path.read_text(), INLINE)
        for path in BROWSER_FILES
        if path.suffix == ".html" and "wagtailadmin" not in path.parts
    }
    assert not {path: what for path, what in inline.items() if what}


@pytest.mark.parametrize(
    "bad",
    [
        '<script defer src="https://cdn.example/a.js"></script>',
        "<img alt='' src=//cdn.example/a.png>",
        '<link rel="stylesheet" href="https://fonts.example/css">',
        "@import 'https://fonts.example/css';",
        "src: url(https://fonts.example/a.woff2)",
        "fetch('https://count.example/')",
    ],
)
def test_a_load_from_elsewhere_is_noticed(bad):
    assert found(bad, LOADS)


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        '<p style="color: red">',
        '<button type="button" onclick="go()">',
        "<a href='javascript:go()'>",
    ],
)
def test_something_inline_is_noticed(bad):
    assert found(bad, INLINE)


@pytest.mark.parametrize(
    "good",
    [
        '<a href="https://www.politie.nl/">',
        '<link rel="canonical" href="https://portaal.example/">',
        "<script defer src=\"{% static 'portal/portal.js' %}\"></script>",
        '<svg xmlns="http://www.w3.org/2000/svg">',
        "{# <script src='https://cdn.example'> #}",
    ],
)
def test_what_is_fine_is_left_alone(good):
    assert not found(good, LOADS | INLINE)
