"""From Markdown to blocks."""

import pytest

from portal.accounts import audiences
from portal.pages.blocks import body_blocks
from portal.pages.fields import BodyField
from portal.pages.markdown import blocks_from_markdown


def blocks(text, resolve=lambda target: target):
    return blocks_from_markdown(text, resolve)


def test_headings_texts_and_tables_become_blocks():
    made = blocks("Een.\n\n## Kop\n\nTwee.\n\n- a\n- b\n\n| | Wat |\n|---|---|\n| **X** | y |\n")

    assert [one["type"] for one in made] == ["text", "heading", "text", "table"]
    assert made[2]["value"] == "<p>Twee.</p><ul><li>a</li><li>b</li></ul>"
    assert made[3]["value"]["columns"][1]["heading"] == "Wat"
    assert made[3]["value"]["rows"] == [{"values": ["<b>X</b>", "y"]}]


@pytest.mark.parametrize(
    ("fence", "kind"), [("let-op", "warning"), ("voorbeeld", "example"), ("112", "emergency")]
)
def test_a_fence_becomes_its_callout(fence, kind):
    (made,) = blocks(f":::{fence} Let op\nEen *zin*.\n:::")

    assert (made["type"], made["value"]) == (
        kind,
        {"title": "Let op", "text": "<p>Een <i>zin</i>.</p>"},
    )


def test_a_part_for_the_network_is_for_the_network():
    (made,) = blocks(":::netwerk\n## Intern\n\nBel eerst.\n:::")

    assert made["value"]["audience"] == [audiences.NETWORK]
    assert [one["type"] for one in made["value"]["content"]] == ["heading", "text"]


def test_links_go_where_the_caller_says():
    text = "[a](item:3) [b](/meldpunt/) [c](https://x.example) [d](item:9)"
    where = {"item:3": 7, "/meldpunt/": "/meldpunt/"}

    (made,) = blocks(text, where.get)

    assert '<a linktype="page" id="7">a</a>' in made["value"]
    assert '<a href="/meldpunt/">b</a>' in made["value"]
    assert '<a href="https://x.example">c</a>' in made["value"]
    assert "<a>d</a>" in made["value"]


def test_html_in_a_text_is_shown_and_not_obeyed():
    (made,) = blocks("<script>alert(1)</script>")

    assert "<script>" not in made["value"]


def test_a_fence_that_stays_open_is_an_error():
    with pytest.raises(ValueError, match="let-op"):
        blocks(":::let-op Titel\nTekst")


def test_what_was_made_is_what_a_page_accepts():
    field = BodyField(body_blocks())
    raw = blocks("Een.\n\n:::netwerk\nTwee.\n:::\n\n| a | b |\n|---|---|\n| c | d |\n")

    value = field.stream_block.to_python(raw)

    assert field.stream_block.clean(value)
