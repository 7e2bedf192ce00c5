"""What holds for the fixed pages, the building blocks and the news of the demo region."""

from __future__ import annotations

import datetime
import re

import pytest

from tests.home.demo_texts import DemoText, all_texts, read_table, texts_of_kind

TEXTS = {text.key: text for text in all_texts()}
ENGLISH = {text.key: text for text in all_texts("en")}
SIGNS = re.compile(r"^(## |\| |- |\d+\. |:::\w)", re.MULTILINE)
each_translation = pytest.mark.parametrize("key", sorted(ENGLISH))


def test_the_fixed_pages_and_the_way_to_the_meldpunt_are_there_in_english() -> None:
    assert set(ENGLISH) == {"48", "49", "54a", "54b", "54c", "54d", "54e", "meldpunt"}


@each_translation
def test_a_translation_is_complete(key: str) -> None:
    dutch, english = TEXTS[key], ENGLISH[key]
    assert set(english.fields) == set(dutch.fields)
    assert SIGNS.findall(english.body) == SIGNS.findall(dutch.body)
    assert english.link_targets == dutch.link_targets


@each_translation
def test_a_translation_has_the_same_facts_and_its_own_words(key: str) -> None:
    dutch, english = TEXTS[key].fields, ENGLISH[key].fields
    words = {"title", "slug", "summary", "organisation", "source"}
    assert {k: v for k, v in english.items() if k not in words} == {
        k: v for k, v in dutch.items() if k not in words
    }
    assert english["title"] != dutch["title"]
    assert english["summary"] != dutch["summary"]


def test_every_text_from_25_on_says_that_it_is_fictional() -> None:
    later = [text for text in TEXTS.values() if text.fields["number"] >= 25]
    assert [text.name for text in later if text.fields["fictional"] is not True] == []


def test_the_building_blocks_have_eighteen_parts_that_the_text_explains() -> None:
    blocks = texts_of_kind("building_block")
    assert [len(block.fields["parts"]) for block in blocks] == [6, 4, 2, 4, 2]
    for block in blocks:
        explained = re.findall(r"^\d+\. \*\*", block.body, re.MULTILINE)
        assert len(explained) == len(block.fields["parts"])


def test_the_page_for_the_worried_leads_into_the_flow() -> None:
    assert TEXTS["48"].fields["flow"] == read_table("flow.toml")["slug"]


def test_the_news_is_of_this_autumn_and_announces_the_refresher_day() -> None:
    news = texts_of_kind("news")
    days = [text.fields["published_on"] for text in news]
    assert all(datetime.date(2026, 10, 1) <= day <= datetime.date(2026, 11, 30) for day in days)
    assert any("Terugkomdag" in text.fields["title"] and "600" in text.body for text in news)


@pytest.mark.parametrize("text", texts_of_kind("progress_report"), ids=lambda text: text.name)
def test_a_total_in_a_report_is_the_sum_of_its_rows(text: DemoText) -> None:
    table = re.search(
        r"((?:^\| (?!\*).*\n)+)\| \*\*Totaal\*\* \| \*\*([\d.]+)\*\*",
        text.body,
        re.MULTILINE,
    )
    assert table
    counts = re.findall(r"^\| [^|]+ \| ([\d.]+) \|", table[1], re.MULTILINE)
    assert sum(int(count.replace(".", "")) for count in counts) == int(table[2].replace(".", ""))
    assert min(int(count.replace(".", "")) for count in counts) >= 5
