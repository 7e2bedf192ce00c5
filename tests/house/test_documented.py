"""What is written down is true, and what should be written down is."""

import re
from pathlib import Path

import pytest
import yaml

from tests.house import reference
from tests.house.rooms import ROOT, own_files

DOCS = ROOT / "docs"
PAGES = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
FOLDERS_OF_A_MACHINE = "work|root|tmp|home"
READ_FROM_ENVIRONMENT = re.compile(r"""(?:\benv\.\w+|\bdatabase)\(\s*["']([A-Z_]+)["']""")


def settings_read():
    """The names that the settings read from the environment."""
    sources = (path.read_text() for path in (ROOT / "portal/settings").glob("*.py"))
    return {name for source in sources for name in READ_FROM_ENVIRONMENT.findall(source)}


def test_every_setting_is_explained():
    explained = set(
        re.findall(r"^\| `([A-Z_]+)`", (DOCS / "reference/settings.md").read_text(), re.M)
    )

    assert settings_read() == explained


def test_the_example_environment_names_every_setting_and_no_other():
    named = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert named - {"DJANGO_SETTINGS_MODULE"} == settings_read()


@pytest.mark.parametrize("name", list(reference.TABLES))
def test_a_page_of_reference_says_what_the_code_says(name):
    written = (reference.PAGES / name).read_text(encoding="utf-8")

    assert written == reference.page(name), "run python -m tests.house.reference"


def test_every_word_of_the_list_is_used_in_code():
    listed = (DOCS / "reference/woordenlijst.md").read_text().split("## Komt later")[0]
    words = re.findall(r"^\|[^|]+\| `(\w+)` \|", listed, re.M)
    code = set(re.findall(r"\w+", " ".join(path.read_text() for path in own_files(".py"))))

    assert len(words) > 40
    assert [word for word in words if word not in code] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_between_our_pages_is_broken(page):
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    own = [link for link in links if not re.match(r"[a-z]+:|/", link)]

    assert [link for link in own if not points_somewhere(page, link)] == []


def points_somewhere(page, link):
    """Whether the file is there, and in it the heading."""
    name, _hash, anchor = link.partition("#")
    target = (page.parent / name) if name else page
    if not target.exists():
        return False
    return not anchor or anchor in map(
        anchor_of, re.findall(r"^#+ (.+)$", target.read_text(), re.M)
    )


def anchor_of(heading):
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_the_index_leads_to_every_page():
    index = (DOCS / "README.md").read_text()
    pages = {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")}

    assert {page for page in pages if f"({page})" not in index} == {"README.md", "changelog-en.md"}


@pytest.mark.parametrize(
    "page", sorted((DOCS / "decisions").glob("*.md")), ids=lambda page: page.stem
)
def test_a_decision_tells_why_what_and_what_follows(page):
    text = page.read_text(encoding="utf-8")

    assert re.match(rf"# {page.stem[:4]}\.? \S", text)
    for part in ("Context", "Decision", "Consequences"):
        assert re.search(rf"^(\*\*|## ){part}", text, re.M), part


def test_public_registers_can_read_what_this_is():
    """The mandatory keys of publiccode.yml 0.4, and its limits on length."""
    told = yaml.safe_load((ROOT / "publiccode.yml").read_text())

    assert told["publiccodeYmlVersion"] == "0.4"
    assert told["legal"]["license"] == "EUPL-1.2"
    assert {"name", "url", "releaseDate", "platforms", "developmentStatus", "softwareType"} <= set(
        told
    )
    assert told["maintenance"]["type"] == "community"
    assert told["maintenance"]["contacts"][0]["name"]
    assert set(told["description"]) == set(told["localisation"]["availableLanguages"])
    for text in told["description"].values():
        assert len(text["shortDescription"]) <= 150 <= len(text["longDescription"])


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [n for n in range(1, 16) if not re.search(rf"^{n}\. ", text, re.M)] == []
    assert "Appendix" in text


def test_both_changelogs_tell_of_the_same_versions():
    dutch = (ROOT / "CHANGELOG.md").read_text()
    english = (DOCS / "changelog-en.md").read_text()
    counts = [text.count("\n- ") for text in (dutch, english)]

    assert re.findall(r"^## (\d\S*)", dutch, re.M) == re.findall(r"^## (\d\S*)", english, re.M)
    assert counts[0] == counts[1]


def test_nothing_written_names_a_machine():
    told = "\n".join(page.read_text() for page in [*PAGES, ROOT / ".env.example"])

    assert re.findall(rf"(?:^|[\s`(])(/(?:{FOLDERS_OF_A_MACHINE})/)", told) == []


def test_every_page_is_found():
    assert Path(ROOT / "README.md") in PAGES
    assert len(PAGES) > 20
