"""What a reader of the demo region may count on: complete, short and plain, no real places."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from portal.pages.markdown import blocks_from_markdown
from tests.home.demo_texts import FOLDER, DemoText, all_texts, text_paths

THEMES = {
    "radicalisering", "polarisatie", "online", "jeugd", "samenwerken",
    "privacy", "crisis", "gemeenschappen", "preventie", "wetgeving",
}  # fmt: skip
IMAGES = {
    "huizen", "gesprek", "kring", "scherm", "brug", "school",
    "plein", "boek", "kompas", "lamp", "handen", "kaart",
}  # fmt: skip
MUNICIPALITIES = {"Demodam", "Polderveen", "Kadewoude", "Oosterlinde"}
CALLOUTS = {"let-op", "voorbeeld", "112", "netwerk"}
PATHS = {
    "/meldpunt/", "/meldpunt/melden/", "/meldpunt/code/", "/hulp/", "/training/", "/agenda/",
    "/privacy/", "/kennisbank/wat-doe-ik-met-mijn-zorg/", "/.well-known/security.txt",
    "https://www.atkm.nl",
}  # fmt: skip
TELEPHONES = {"tel:112", "tel:113", "tel:09008844", "tel:08007000"}
LONG_NUMBER = re.compile(r"\b0\d[\d -]{5,}\d\b")
INVENTED_NUMBER = re.compile(r"088 000 00 \d{2}")
NATIONAL_NUMBERS = {
    "0900-8844", "0800-7000", "09008844", "08007000",
    "088 20 80 080", "070 333 4555", "088 554 32 22",
}  # fmt: skip
REAL_PLACES = (
    (Path(__file__).parent / "real_municipalities.txt").read_text(encoding="utf-8").split("\n")[:-1]
)

TEXTS = all_texts()
ENGLISH = all_texts("en")
KEYS = {text.key for text in TEXTS}
FILES = [
    *text_paths(),
    *text_paths("en"),
    FOLDER / "glossary.toml",
    FOLDER / "flow.toml",
]
each_file = pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
each_dutch_text = pytest.mark.parametrize("text", TEXTS, ids=[text.name for text in TEXTS])
each_text = pytest.mark.parametrize(
    "text", [*TEXTS, *ENGLISH], ids=[text.name for text in [*TEXTS, *ENGLISH]]
)


@each_text
def test_a_reader_sees_who_owns_a_text_and_until_when_it_holds(text: DemoText) -> None:
    fields = text.fields
    assert all(fields[name].strip() for name in ("title", "organisation", "source"))
    assert fields["reading_level"] == "B1"
    assert fields["audience"] in {"public", "network"}
    assert datetime.date(2027, 1, 1) <= fields["review_on"] <= datetime.date(2027, 12, 31)
    assert fields["review_on"] < fields["valid_until"] <= datetime.date(2028, 12, 31)


def test_every_item_of_the_reference_content_has_its_text() -> None:
    kinds = ["runbook"] + ["article"] * 14 + ["runbook_step"] * 8 + ["help_sheet"] * 2
    kinds += ["training_module"] * 8 + ["help_service"] * 10 + ["building_block"] * 5
    kinds += ["standard"] * 2 + ["progress_report"] * 2 + ["standard"] * 2
    written = {text.key: text.fields["kind"] for text in TEXTS}
    assert [written[str(number)] for number in range(54)] == kinds
    assert {written[key] for key in ("54a", "54b", "54c", "54d", "54e", "meldpunt")} == {"standard"}
    assert {written[key] for key in ("90", "91")} == {"intervention"}
    assert {written[key] for key in ("95", "96", "97")} == {"news"}


@each_dutch_text
def test_a_file_is_named_after_its_number_and_its_address(text: DemoText) -> None:
    numbered = re.fullmatch(r"(\d\d)[a-e]?-(.+)\.nl\.md", text.name)
    if numbered is None:
        assert text.name == "meldpunt-landing.nl.md"
    else:
        assert (int(numbered[1]), numbered[2]) == (
            text.fields["number"],
            text.fields["slug"],
        )


def test_no_two_texts_share_an_address() -> None:
    assert len({text.fields["slug"] for text in TEXTS}) == len(TEXTS)


@each_text
def test_a_summary_fits_on_a_card(text: DemoText) -> None:
    assert 40 <= len(text.fields["summary"]) <= 250


@each_text
def test_themes_images_and_municipalities_come_from_the_fixed_lists(
    text: DemoText,
) -> None:
    assert 1 <= len(text.fields["themes"]) <= 4
    assert set(text.fields["themes"]) <= THEMES
    assert text.fields["image"] in IMAGES
    assert text.fields.get("municipality", "Demodam") in MUNICIPALITIES


@each_text
def test_a_text_has_150_to_600_words_under_three_to_six_headings(
    text: DemoText,
) -> None:
    assert 150 <= len(text.words) <= 600
    assert 3 <= len(re.findall(r"^## ", text.body, re.MULTILINE)) <= 6


@each_text
def test_sentences_are_short_enough_for_level_b1(text: DemoText) -> None:
    lengths = [len(sentence.split()) for sentence in text.sentences]
    assert sum(lengths) / len(lengths) <= 15
    longest = max(text.sentences, key=lambda sentence: len(sentence.split()))
    assert len(longest.split()) <= 25, longest


@each_dutch_text
def test_a_reader_is_called_u(text: DemoText) -> None:
    assert re.findall(r"\b(je|jij|jou|jouw|jullie)\b", text.outside_quotes, re.IGNORECASE) == []


@each_text
def test_links_lead_somewhere(text: DemoText) -> None:
    items = {f"item:{key}" for key in KEYS}
    assert set(text.link_targets) <= items | PATHS | TELEPHONES
    assert {str(number) for number in text.fields["related"]} <= KEYS - {text.key}


@each_text
def test_callouts_are_of_a_known_kind_and_closed(text: DemoText) -> None:
    assert {kind for kind, _ in text.callouts} <= CALLOUTS
    assert all(title for _, title in text.callouts)
    assert len(re.findall(r"^:::$", text.body, re.MULTILINE)) == len(text.callouts)


@each_text
def test_every_column_of_a_table_has_a_heading(text: DemoText) -> None:
    blocks = blocks_from_markdown(text.body, lambda target: target)
    tables = [block["value"] for block in blocks if block["type"] == "table"]
    assert all(column["heading"] for table in tables for column in table["columns"])
    assert len(tables) == len(re.findall(r"^\|[ :|-]+\|$", text.body, re.MULTILINE))


@each_file
def test_no_real_municipality_is_named(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    assert [place for place in REAL_PLACES if re.search(rf"\b{re.escape(place)}\b", written)] == []


@each_file
def test_telephone_numbers_are_invented_or_national(path: Path) -> None:
    found = set(LONG_NUMBER.findall(path.read_text(encoding="utf-8"))) - NATIONAL_NUMBERS
    assert [number for number in found if not INVENTED_NUMBER.fullmatch(number)] == []


def test_professionals_find_more_than_visitors_in_some_public_articles() -> None:
    for_professionals = {
        text.fields["audience"]
        for text in TEXTS
        if "netwerk" in {kind for kind, _ in text.callouts}
    }
    assert for_professionals == {"public"}
