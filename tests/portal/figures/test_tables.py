"""Tables as files: a cell is shown and never calculated (abuse case 12 of meldpunt.md)."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.figures.tables import as_typed, safe_cell, table
from search.models import AskedQuestion
from tests.factories.accounts import UserFactory
from tests.factories.pages import home_page
from tests.factories.signing_in import sign_in

ROOT = Path(__file__).parents[3]
EVIL = [
    '=HYPERLINK("https://evil.example";"klik")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\uff1d1+1",
    "\uff0bcmd",
    "\uff20SUM(1)",
    "\t\t@x",
]
BEGINS = re.compile(r"^[\s\ufeff\x00]*[=+\-@\uff1d\uff0b\uff0d\uff20]")


@pytest.mark.parametrize("text", EVIL)
def test_abuse_12_a_formula_becomes_text(text):
    assert safe_cell(text) == f"'{text}"


@given(st.text())
def test_abuse_12_no_cell_begins_like_a_formula_and_it_comes_back_as_it_was(text):
    assert not BEGINS.match(safe_cell(text))
    assert as_typed(safe_cell(text)) == text or text.startswith("'")


@pytest.mark.parametrize("text", EVIL)
def test_abuse_12_a_whole_file_has_no_cell_that_is_calculated(text):
    rows = list(
        csv.reader(io.StringIO(table(["naam", "zin"], [[text, f"x{text}"]])[1:]), delimiter=";")
    )
    assert rows[1] == [f"'{text}", f"x{text}"]


def test_abuse_12_tables_are_written_in_two_places_only_and_both_make_cells_safe():
    """Another place that writes rows by itself would forget it."""
    writers = {
        str(path.relative_to(ROOT)): text.count("csv.writer(")
        for room in ("portal", "home", "knowledge", "network", "meldpunt", "search")
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"csv\.writer\(|DictWriter|xlsxwriter|openpyxl", text := path.read_text())
    }
    assert writers == {"portal/figures/tables.py": 1, "knowledge/training/services/register.py": 1}
    for path in writers:
        text = (ROOT / path).read_text()
        assert text.count("safe_cell(cell)") >= 1


@pytest.mark.django_db
@pytest.mark.parametrize("text", EVIL)
def test_abuse_12_a_list_of_the_editor_is_saved_without_a_formula(client, text):
    """Wagtail writes cells as they are; what visitors typed may stand in them."""
    home_page()
    today = timezone.localdate()
    AskedQuestion.objects.create(digest="x", text=text, asked=3, last_asked_on=today)
    sign_in(client, UserFactory(roles=["redacteur"]))

    page = client.get("/beheer/zoekvragen/?export=csv")
    assert page.status_code == 200, page.headers
    book = client.get("/beheer/zoekvragen/?export=xlsx")

    rows = list(csv.reader(io.StringIO(b"".join(page.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 2
    assert (rows[1][0], rows[1][3]) == (f"'{text}", "3")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
