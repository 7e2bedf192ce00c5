"""What is installed is pinned, and the lists name no registry (stack.md, decision 1)."""

import json
import re
import tomllib

import pytest

from tests.house.rooms import ROOT

LISTS = sorted((ROOT / "requirements").glob("*.txt"))
PINNED = re.compile(r"^([a-z0-9][\w.-]*)(?:\[[\w,]+\])?==[^\s;]+", re.IGNORECASE)


def packages(text):
    """The entry of each package in a list, with its hashes."""
    without_comments = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    return re.split(r"\n(?=[a-z0-9])", without_comments)


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("path", [*LISTS, ROOT / "package-lock.json"], ids=lambda path: path.name)
def test_no_list_names_a_registry(path):
    text = path.read_text()
    assert "://" not in text
    assert not re.search(r"^\s*--(?:index-url|extra-index-url|find-links)", text, re.MULTILINE)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_python_package_has_a_version_and_a_hash(path):
    for entry in packages(path.read_text()):
        assert PINNED.match(entry), entry
        assert "--hash=sha256:" in entry, entry


def test_every_front_end_package_has_a_version_and_a_hash():
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, package in locked.items():
        if name:
            assert package["version"], name
            assert package["integrity"].startswith("sha512-"), name


def test_what_the_project_asks_for_is_in_the_list():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    listed = (ROOT / "requirements/dev.txt").read_text()
    pinned = {normal(PINNED.match(entry)[1]) for entry in packages(listed)}
    for line in wanted:
        assert normal(re.match(r"[\w.-]+", line)[0]) in pinned, f"{line}: run make lock"


def test_every_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    for line in lines:
        if re.match(r'\s+"[\w.\[\]-]+\s*(~=|==|>=)', line):
            assert "  # " in line, line


def test_an_entry_without_a_hash_is_noticed():
    entries = list(
        packages("# made by hand\nruff==0.9\n    # via x\nuv==1 \\\n    --hash=sha256:a")
    )
    assert [PINNED.match(entry)[1] for entry in entries] == ["ruff", "uv"]
    assert ["--hash" in entry for entry in entries] == [False, True]
