"""The search page, its suggestions and the API, as a visitor meets them."""

import pytest

from portal.accounts import audiences
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import article, closed_library, text, theme
from tests.factories.pages import close

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    page = article("Zorg om jeugd", body=[text("Zorgen delen helpt.")])
    page.themes.add(theme("Jeugd"))
    page.save()
    return article("Zorg in de buurt")


def test_a_visitor_reads_what_was_found_and_why(client, pages):
    html = client.get("/zoeken/", {"q": "zorgen"}).content.decode()

    assert "2 resultaten voor ‘zorgen’" in html
    assert "<mark>Zorgen</mark> delen helpt." in html


def test_chosen_filters_stay_in_the_address_and_can_be_taken_away(client, pages):
    asked = {"q": "zorg", "soort": "artikel", "thema": "jeugd"}
    html = client.get("/zoeken/", asked).content.decode()

    assert "1 resultaat voor" in html
    assert 'href="?q=zorg&amp;soort=artikel&amp;thema="' not in html
    assert 'href="?q=zorg&amp;soort=artikel"' in html
    assert 'name="thema" value="jeugd" checked' in html


def test_nothing_found_comes_with_help(client, pages):
    article("De burgemeester")

    html = client.get("/zoeken/", {"q": "burgermaster"}).content.decode()

    assert "Niets gevonden voor ‘burgermaster’" in html
    assert "Bedoelde u" in html
    assert "/meldpunt/" in html


def test_a_slip_of_the_keyboard_is_answered_and_named(client, pages):
    html = client.get("/zoeken/", {"q": "zorgg"}).content.decode()

    assert "Niets gevonden voor ‘zorgg’. Dit zijn de resultaten voor ‘zorg’." in html
    assert "resultaten voor ‘zorg’" in html


def test_without_a_question_there_is_a_start(client):
    response = client.get("/zoeken/")

    assert response.status_code == 200
    assert "Een paar woorden zijn genoeg" in response.content.decode()


def test_no_search_engine_and_no_shared_cache_keeps_an_answer(client, pages):
    for address in ("/zoeken/?q=zorg", "/zoeken/suggesties/?q=zorg", "/api/v1/zoeken/?q=zorg"):
        response = client.get(address)
        assert "private" in response.headers["Cache-Control"], address
        assert response.headers["X-Robots-Tag"] == "noindex"
    assert 'content="noindex"' in client.get("/zoeken/?q=zorg").content.decode()


BAD = [
    {"q": "x" * 201},
    {"q": "x" * 1_000_000},
    {"q": "zorg", "soort": "melding"},
    {"q": "zorg", "thema": "bestaat-niet"},
    {"q": "zorg", "voor": "<script>"},
    {"q": "zorg", "gebied": "demodam.nergens"},
    {"q": "zorg", "jaar": "20²6"},
    {"q": "zorg", "jaar": "ooit"},
    {"q": "zorg", "volgorde": "1;DROP TABLE"},
    {"q": "nul\x00"},
]


@pytest.mark.parametrize("asked", BAD)
def test_bad_input_gets_a_kind_answer_at_400(client, pages, asked):
    response = client.get("/zoeken/", asked)

    assert response.status_code == 400
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("asked", [{"page": "x"}, {"page": "0"}, {"page": "9" * 50}, {"page": "²"}])
def test_a_page_that_is_no_page_is_the_first_or_the_last(client, pages, asked):
    assert client.get("/zoeken/", {"q": "zorg", **asked}).status_code == 200


def test_a_question_is_shown_as_text(client, pages):
    html = client.get("/zoeken/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in html


def test_only_reading_is_possible(client):
    assert client.post("/zoeken/").status_code == 405
    assert client.post("/zoeken/suggesties/").status_code == 405


def test_suggestions_are_json_with_titles(client, pages):
    assert client.get("/zoeken/suggesties/", {"q": "zorg"}).json() == {
        "suggestions": ["Zorg om jeugd", "Zorg in de buurt"]
    }


def test_the_api_gives_the_network_to_who_is_signed_in_only(client, pages):
    network = closed_library()
    close(network, audiences.NETWORK)
    article("Zorg in het netwerk", below=network)
    assert client.get("/api/v1/zoeken/?q=zorg").json()["aantal"] == 2

    client.force_login(UserFactory(roles=["professional"]))
    answer = client.get("/api/v1/zoeken/?q=zorg&soort=artikel").json()

    assert answer["aantal"] == 3
    assert {"Zorg in het netwerk"} == {
        one["titel"] for one in answer["resultaten"] if not one["openbaar"]
    }


@pytest.mark.parametrize("asked", ["", "?q=" + "x" * 201, "?q=zorg&soort=melding", "?q=z&pagina=0"])
def test_the_api_refuses_what_it_does_not_know(client, asked):
    assert client.get(f"/api/v1/zoeken/{asked}").status_code == 422


def test_the_api_describes_itself(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]

    assert "/api/v1/zoeken/" in paths
    assert not any("melding" in path for path in paths)
