"""The table of abuse cases tells the truth: every test it names is there, and every case stands in it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs/reference/abuse-cases.md").read_text()


def names_of_tests():
    """Every name of a test in the project."""
    files = (path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    return {name for text in files for name in re.findall(r"^def (test_\w+)", text, re.M)}


def test_every_case_stands_in_the_table_once():
    numbers = [int(number) for number in re.findall(r"^\| (\d+) \|", TABLE, re.M)]
    assert numbers == list(range(1, 26))


def test_every_test_that_the_table_names_exists():
    named = set(re.findall(r"`(test_\w+)`", TABLE))
    assert named
    assert named - names_of_tests() == set()


def test_every_test_of_a_case_stands_in_the_row_of_its_case():
    rows = dict(re.findall(r"^\| (\d+) \|(.*)$", TABLE, re.M))
    for name in names_of_tests():
        if found := re.match(r"test_abuse_(\d\d)_", name):
            assert name in rows[str(int(found[1]))]


def test_a_case_that_is_not_whole_says_what_is_missing():
    for line in re.findall(r"^\| \d+ \|.*$", TABLE, re.M):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert (cells[2] == "whole") == (cells[4] == ""), cells[0]
        assert (cells[2] == "not yet") == (cells[3] == ""), cells[0]
