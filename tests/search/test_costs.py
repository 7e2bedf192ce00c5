"""What search costs does not grow with what there is."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.engine import find
from search.highlights import marked, passage
from search.indexing import refresh_branch
from search.models import AccessKey, Word
from search.results import Filters
from tests.factories.knowledge import article, closed_library
from tests.factories.pages import close, home_page, standard_page


@pytest.fixture
def branch(db):
    home_page()
    return standard_page("Overleg over de buurt")


def queries_of(action):
    with CaptureQueriesContext(connection) as queries:
        action()
    return len(queries)


def test_closing_a_large_branch_takes_as_many_queries_as_a_small_one(branch):
    standard_page("Eerste", below=branch)
    close(branch)
    few = queries_of(lambda: refresh_branch(branch.path))
    for number in range(15):
        standard_page(f"Bladzijde {number}", below=branch)

    assert queries_of(lambda: refresh_branch(branch.path)) == few


def test_a_question_takes_as_many_queries_with_many_pages_as_with_few(branch):
    def ask():
        assert find("overleg", user=AnonymousUser()).count

    standard_page("Overleg eronder", below=branch)
    few = queries_of(ask)
    for number in range(25):
        standard_page(f"Overleg {number}", below=branch)

    assert queries_of(ask) == few


def test_a_closed_branch_is_found_by_nobody_else_and_found_again_when_it_opens(branch):
    standard_page("Buurtoverleg", below=branch)
    restriction = close(branch, "doelgroep: netwerk")
    assert find("buurtoverleg", user=AnonymousUser()).count == 0

    restriction.delete()

    assert find("buurtoverleg", user=AnonymousUser()).count == 1


def test_a_closed_branch_gives_its_own_words_to_its_new_readers_and_no_others(branch):
    article("Over kanaries")
    door = closed_library()
    article("Over mussen", below=door)

    close(door, "doelgroep: netwerk")

    key = AccessKey.objects.get(text="doelgroep: netwerk")
    words = set(Word.objects.filter(access_key=key).values_list("text", flat=True))
    assert "mussen" in words
    assert "kanaries" not in words


def test_a_moved_branch_is_found_at_its_new_address(branch):
    target = standard_page("Andere plek")
    branch.move(target, "last-child")

    (hit,) = find("overleg buurt", user=AnonymousUser()).hits

    assert hit.url == "/andere-plek/overleg-over-de-buurt/"


def test_a_chosen_filter_stays_in_sight_though_it_leaves_nothing(branch):
    filters = Filters(kinds=frozenset({"training"}))

    (facet,) = (
        facet
        for facet in find("overleg", user=AnonymousUser(), filters=filters).facets
        if facet.name == "soort"
    )

    assert [(choice.value, choice.count, choice.is_chosen) for choice in facet.choices] == [
        ("pagina", 1, False),
        ("training", 0, True),
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("De wijk-agent.", "De <mark>wijk</mark>-agent."),
        ("Buurt & (wijken), <b>", "Buurt &amp; (<mark>wijken</mark>), &lt;b&gt;"),
        ("wijkagent", "<mark>wijkagent</mark>"),
    ],
)
def test_only_the_word_itself_is_marked(text, html):
    assert marked(text, frozenset({"wijk"}), "nl") == html
    assert passage(text, frozenset({"wijk"}), "nl") == html


def test_a_passage_begins_with_its_sentence_and_says_where_it_was_cut():
    text = " ".join(["Vooraf."] * 40 + ["Hier", "staat", "de", "wijk."] + ["Daarna"] * 40)

    found = passage(text, frozenset({"wijk"}), "nl")

    assert found.startswith("… Hier staat de <mark>wijk</mark>. Daarna")
    assert found.endswith(" …")
    assert len(found.split()) == 33


def test_a_text_without_the_word_shows_something_else():
    assert passage("Geen <treffer>.", frozenset({"wijk"}), "nl", otherwise="") == (
        "Geen &lt;treffer&gt;."
    )
    assert passage("Iets", frozenset({"wijk"}), "nl", otherwise="A & B") == "A &amp; B"
