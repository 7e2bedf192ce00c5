"""Searching in the lists of the editors: whatever is typed, and the best first."""

import pytest
from django.db import connection
from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from tests.factories.pages import home_page, standard_page

pytestmark = pytest.mark.django_db
ODD = [
    '"',
    '""',
    "'",
    "   ",
    "\x00",
    "a\x00b",
    "*",
    "(",
    "NEAR(",
    "title:x",
    "-",
    "^",
    "%",
    "%s",
    "{",
    "x" * 5000,
]


@pytest.fixture
def pages():
    home_page()
    return [
        standard_page("Vergunning aanvragen"),
        standard_page("Iets anders", summary="Hierin staat vergunning ook een keer."),
    ]


def titles(results):
    return [page.title for page in results]


@pytest.mark.parametrize("text", ODD)
def test_an_editor_may_type_anything(pages, text):
    backend = get_search_backend()

    for results in (backend.search(text, Page), backend.autocomplete(text, Page)):
        assert list(results[:10]) == []
        assert results.count() == 0
        assert results.model is Page


@pytest.mark.parametrize(
    "query",
    [
        Phrase('vergunning" OR "anders'),
        PlainText('"'),
        And([PlainText("vergunning"), PlainText('anders"')]),
        And([PlainText("vergunning"), Not(PlainText('anders"'))]),
        Or([PlainText("vergunning"), PlainText('"')]),
        Not(PlainText("vergunning")),
        Boost(PlainText('vergunning"'), 2.0),
    ],
    ids=repr,
)
def test_a_question_made_of_parts_is_no_error_either(pages, query):
    assert isinstance(list(get_search_backend().search(query, Page)), list)


def test_a_quote_does_not_smuggle_in_an_operator(pages):
    assert titles(get_search_backend().search(Phrase('nergens" OR "vergunning'), Page)) == []


def test_a_word_in_the_title_comes_first(pages):
    found = get_search_backend().search("vergunning", Page.objects.all())

    assert titles(found) == ["Vergunning aanvragen", "Iets anders"]
    assert found.count() == 2


def test_a_list_shows_only_what_is_in_it(pages):
    only = Page.objects.filter(pk=pages[1].pk)

    found = get_search_backend().search("vergunning", only)

    assert titles(found) == ["Iets anders"]
    assert found.count() == 1


def test_a_list_in_its_own_order_keeps_it(pages):
    found = get_search_backend().search(
        "vergunning", Page.objects.order_by("title"), order_by_relevance=False
    )

    assert titles(found) == ["Iets anders", "Vergunning aanvragen"]


def test_a_slice_holds_its_part_and_its_number(pages):
    found = get_search_backend().search("vergunning", Page.objects.all())[1:5]

    assert titles(found) == ["Iets anders"]
    assert found.count() == 1


def test_half_a_word_finds_the_title(pages):
    assert titles(get_search_backend().autocomplete("vergun", Page)) == ["Vergunning aanvragen"]


def test_a_score_is_given_when_asked(pages):
    found = list(get_search_backend().search("vergunning", Page).annotate_score("score"))

    assert all(isinstance(page.score, float) for page in found)


def test_a_guess_is_read_as_plain_text(pages):
    assert titles(get_search_backend().search(Fuzzy("anders"), Page)) == ["Iets anders"]


def test_a_common_word_costs_a_fixed_number_of_queries(pages, django_assert_num_queries):
    with django_assert_num_queries(3 if connection.vendor == "sqlite" else 1):
        assert list(get_search_backend().search("vergunning", Page)[:10])
