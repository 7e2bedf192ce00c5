"""What is said to the server, word for word: a change of it is seen before a server sees it."""

import json
from pathlib import Path

import pytest

from search.elastic import queries
from search.elastic.mapping import index_body
from search.questions import loosened, parse
from search.results import Filters
from tests.house.golden import same_as_file

FOLDER = Path(__file__).parent / "golden"
ADMISSION = queries.Admission(language="nl", keys=[1, 4], closed=[33], untold=["page:7"])


class FixedSieve:
    """Stands in for the filters of a region with two themes and one municipality."""

    public = {1}
    themes = {"1": ("jeugd", "Jeugd", ""), "2": ("school", "School", "1")}
    places = {5: ("polderveen", "Polderveen")}
    areas = {"8": ("polderveen.zuid", "Zuid (Polderveen)")}
    kinds = {"artikel": "Artikel", "stap": "Stap"}

    def __init__(self, **filters):
        self.filters = Filters(**filters)
        self.chosen = self.filters.by_facet


def body(text, *, every=True, synonyms=(), page=1, newest=False, **filters):
    question = parse(text, "nl", synonyms)
    question = question if every else loosened(question)
    fitting = queries.fits(question, ADMISSION, every=every)
    rarities = [1.0] * len(question.terms) if every else [1.5] * len(question.terms)
    query = queries.scored(question, fitting, rarities)
    return queries.search_body(query, FixedSieve(**filters), page, newest_first=newest)


QUERIES = {
    "one_word": lambda: body("zorgen"),
    "synonyms": lambda: body("imam", synonyms=[[("imam",), ("geestelijk", "leider")]]),
    "phrase_and_minus": lambda: body('"eerste signaal" overleg -politie -"rode draad"'),
    "some_of_it": lambda: body("buurtoverleg kanarie", every=False),
    "filters": lambda: body(
        "zorg",
        kinds=frozenset({"stap"}),
        themes=frozenset({"jeugd"}),
        municipalities=frozenset({"polderveen"}),
        areas=frozenset({"polderveen.zuid"}),
        years=frozenset({"2026"}),
        audiences=frozenset({"netwerk"}),
    ),
    "newest_second_page": lambda: body("zorg", page=2, newest=True),
    "titles": lambda: queries.titles_body(["eerste", "sig"], ADMISSION),
    "how_rare": lambda: queries.how_rare(
        parse("zorg kanarie", "nl"),
        queries.fits(parse("zorg kanarie", "nl"), ADMISSION, every=False),
    ),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_question_is_asked_in_these_words(name):
    same_as_file(QUERIES[name](), FOLDER / f"{name}.json")


def test_an_index_has_these_settings_and_this_mapping(settings):
    settings.SEARCH_SHARDS, settings.SEARCH_REPLICAS = 3, 1

    same_as_file(index_body(), FOLDER / "index.json")


def test_the_server_keeps_no_text_that_could_be_shown():
    assert index_body()["mappings"]["_source"] == {"enabled": False}
    kept = index_body()["mappings"]["properties"]
    assert {name for name, field in kept.items() if field.get("store")} == set()


@pytest.mark.parametrize("name", ["one_word", "titles", "filters", "phrase_and_minus"])
def test_every_question_carries_the_locks_of_the_visitor(name):
    asked = json.dumps(QUERIES[name]())

    for lock in (
        '{"terms": {"access_key": [1, 4]}}',
        '{"terms": {"branches": [33]}}',
        '{"terms": {"source": ["page:7"]}}',
    ):
        assert lock in asked
