"""The look is built from packages: the same every time, and small enough for a phone."""

import re
from pathlib import Path

import brotli
import pytest

from portal.design import build
from portal.design.palette import stylesheet
from portal.design.views import NEUTRAL
from tests.house.rooms import ROOT

STATIC = ROOT / "portal/design/static/portal"
KILOBYTE = 1000
pytestmark = pytest.mark.skipif(not build.TOKENS.exists(), reason="needs npm packages: make assets")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """What one build makes: path to content."""
    patch = pytest.MonkeyPatch()
    patch.setattr(build, "OUT", tmp_path_factory.mktemp("build") / "look")
    build.main()
    yield contents(build.OUT)
    patch.undo()


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def compressed(*parts: bytes) -> float:
    return sum(len(brotli.compress(part, quality=11)) for part in parts) / KILOBYTE


def icons_of(text: str) -> set[str]:
    return set(re.findall(r'(?:{% icon | icon=)["\']([\w-]+)["\']', text))


def test_building_twice_gives_the_same_bytes(built, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "OUT", tmp_path / "again")
    build.main()

    assert contents(build.OUT) == built


def test_the_style_sheet_stays_within_18_kilobytes(built):
    assert compressed(built["portal.css"]) <= 18


def test_all_scripts_together_stay_within_5_kilobytes():
    worker = ROOT / "portal/design/templates/sw.js"

    assert compressed((STATIC / "portal.js").read_bytes(), worker.read_bytes()) <= 5


def test_the_font_is_the_one_of_the_package_unchanged(built):
    font = built[f"fonts/{build.FONT}"]
    package = build.MODULES / "@fontsource-variable/source-sans-3/files" / build.FONT

    assert font == package.read_bytes()
    assert len(font) / KILOBYTE <= 29


def test_every_icon_of_a_template_is_in_the_sprite(built):
    used = set()
    for room in build.ROOMS:
        for path in (ROOT / room).glob("**/*.html"):
            used |= icons_of(path.read_text())
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', built["icons.svg"].decode()))

    assert used
    assert used | build.MORE_ICONS == drawn


def test_a_class_that_no_template_uses_stays_out(built):
    css = built["portal.css"].decode()

    assert ".utrecht-alert--warning" in css
    assert "house-addition-size" not in css


def test_no_token_is_asked_for_that_nobody_sets(built):
    css = built["portal.css"].decode()
    asked = set(re.findall(r"var\((--(?:basis|portal)-[\w-]+)\)", css))
    given = set(re.findall(r"(--[\w-]+)\s*:", css)) | set(re.findall(r"(--[\w-]+):", build_theme()))

    assert asked - given == set()


def build_theme() -> str:
    return stylesheet(**NEUTRAL)


def test_the_style_sheet_holds_no_data_image_and_no_source_map(built):
    css = built["portal.css"].decode()

    assert "data:" not in css
    assert "sourceMappingURL" not in css


def test_own_styles_follow_the_direction_of_the_text():
    sideways = re.compile(
        r"^\s*(?:margin|padding|border)-(?:left|right)\b|^\s*(?:left|right):", re.M
    )

    for path in build.OWN.glob("*.css"):
        assert not sideways.findall(path.read_text()), path.name


def test_nothing_is_built_without_the_packages(monkeypatch, tmp_path):
    monkeypatch.setattr(build, "TOKENS", tmp_path / "absent.css")

    with pytest.raises(build.NotInstalled):
        build.main()
