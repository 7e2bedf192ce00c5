"""Finding one's way in the knowledge base and among help cards."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts import audiences
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import (
    article,
    closed_library,
    help_card,
    help_index,
    intervention,
    library,
    theme,
    word,
)
from tests.factories.pages import close

pytestmark = pytest.mark.django_db


def shown(client, query=""):
    return client.get(f"/kennisbank/{query}").content.decode()


def about(page, *themes):
    page.themes.set(themes)
    page.save()
    return page


def test_a_theme_shows_its_parts_as_well(client):
    youth = theme("Jeugd")
    about(article("Over school"), theme("School", parent=youth))
    article("Over iets anders")

    html = shown(client, "?thema=jeugd")

    assert "Over school" in html
    assert "Over iets anders" not in html


def test_a_kind_keeps_the_theme_in_the_address(client):
    youth = theme("Jeugd")
    about(intervention("Mentortraject"), youth)
    about(article("Een artikel"), youth)

    html = shown(client, "?thema=jeugd&soort=interventionpage")

    assert "Mentortraject" in html
    assert "Een artikel" not in html
    assert "soort=interventionpage" in html


def test_the_network_part_shows_only_to_the_network(client):
    part = closed_library()
    close(part, audiences.NETWORK)
    article("Voor vakmensen", below=part)
    article("Vrij te lezen")

    assert "Voor vakmensen" not in shown(client)
    client.force_login(UserFactory(roles=["professional"]))
    assert "Voor vakmensen" in shown(client)
    assert "Vrij te lezen" not in shown(client, "?voor=netwerk")
    assert "Voor vakmensen" not in shown(client, "?voor=iedereen")


@pytest.mark.parametrize(
    "query",
    ["?thema=%27", "?soort=x&voor=y&volgorde=z", "?page=9999", "?page=a", "?thema=" + "a" * 5000],
)
def test_a_strange_filter_gives_a_list_and_no_error(client, query):
    library()

    assert client.get(f"/kennisbank/{query}").status_code == 200


def test_a_draft_is_in_no_list(client):
    article("Concept", live=False)

    assert "Concept" not in shown(client)


def test_two_interventions_stand_side_by_side(client):
    intervention("Mentortraject", goal="Houvast")
    intervention("Ouderkring", goal="Praten", slug="ouderkring")

    html = client.get("/kennisbank/vergelijken/?i=mentortraject&i=ouderkring").content.decode()

    assert "<table" in html
    assert "Houvast" in html
    assert "Praten" in html


def test_a_closed_intervention_is_not_compared(client):
    part = closed_library()
    close(part, audiences.NETWORK)
    intervention("Besloten traject", below=part, slug="besloten")

    html = client.get("/kennisbank/vergelijken/?i=besloten").content.decode()

    assert "Besloten traject" not in html


def chosen(client, query=""):
    return client.get(f"/hulp/{query}").content.decode()


def test_two_answers_leave_the_cards_that_fit(client):
    help_card("Ouderlijn", for_whom=["ouders"], topics=["opvoeding", "begeleiding"])
    help_card("Leerteam", for_whom=["professionals"], topics=["training"])

    html = chosen(client, "?voor=ouders&over=opvoeding")

    assert "Ouderlijn" in html
    assert "Leerteam" not in html
    assert "Leerteam" in chosen(client)


def test_the_card_for_danger_comes_first(client):
    help_card("Aaa", rank=1)
    help_card("112", is_emergency=True, rank=9)

    html = chosen(client)

    assert html.index(">112</a>") < html.index(">Aaa</a>")


def test_an_unknown_answer_is_no_answer(client):
    help_card("Ouderlijn", for_whom=["ouders"])

    assert "Ouderlijn" in chosen(client, "?voor=%25&over=<script>")
    assert "<script>alert" not in chosen(client, "?over=<script>alert")


def test_an_old_card_asks_to_call_first(client):
    today = timezone.localdate()
    fresh = help_card("Vers", checked_on=today - timedelta(days=183))
    old = help_card("Oud", checked_on=today - timedelta(days=184))

    assert not fresh.is_stale
    assert old.is_stale
    assert help_card("Nooit").is_stale
    assert client.get(old.url).content.decode().count("portal-label--attention") == 1


def test_words_are_listed_by_letter_and_found_by_their_synonyms(client):
    help_index()
    word("zwijgplicht", "Niets doorvertellen.", synonyms="beroepsgeheim")
    word("casus", "Een situatie.")

    html = client.get("/kennisbank/begrippen/").content.decode()
    found = client.get("/kennisbank/begrippen/?q=GEHEIM").content.decode()

    assert html.index("letter-c") < html.index("letter-z")
    assert "Niets doorvertellen." in found
    assert "Een situatie." not in found


def test_a_word_that_is_still_a_draft_is_explained_nowhere(client):
    library()
    word("concept", "Nog niet af.", live=False)

    assert "Nog niet af." not in client.get("/kennisbank/begrippen/").content.decode()
