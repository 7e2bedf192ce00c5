"""Saying whether a page helped."""

import pytest
from django.core.cache import cache

from knowledge.library.models import Feedback
from knowledge.library.services.feedback import EACH_PAGE_AN_HOUR
from portal.accounts import audiences
from tests.factories.knowledge import article, closed_library
from tests.factories.pages import close

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def say(client, page, **data):
    return client.post(f"{page.url}mening/", {"helpful": "ja", **data})


def test_a_reader_says_yes_without_a_cookie_or_token(client):
    page = article()

    answer = say(client, page)

    assert (answer.status_code, answer["Location"]) == (303, "bedankt/")
    assert not answer.cookies
    assert Feedback.objects.get().is_helpful
    assert client.get(f"{page.url}mening/bedankt/").status_code == 200


def test_only_the_page_the_answer_and_the_day_are_kept():
    names = {field.name for field in Feedback._meta.get_fields()}

    assert names == {"id", "page", "is_helpful", "text", "given_on"}


@pytest.mark.parametrize(
    "remark",
    [
        "Bel mij op 06-12345678",
        "Mail naar jan@voorbeeld.nl",
        "BSN 111222333 staat erin",
        "Kijk bij @jan_de_boze",
        "instagram.com/jandeboze",
        "De auto was AB-12-CD",
    ],
)
def test_data_about_people_is_refused_and_what_was_typed_stays(client, remark):
    answer = say(client, article(), text=remark)

    assert answer.status_code == 400
    assert remark.split()[0] in answer.content.decode()
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("remark", ["Bel 112 of 0900-8844.", "Op 12-05-2026 was het 10 uur."])
def test_a_service_number_or_a_date_is_no_data_about_people(client, remark):
    assert say(client, article(), text=remark).status_code == 303


@pytest.mark.parametrize(
    "data", [{"helpful": "misschien"}, {"helpful": ""}, {"text": "a" * 501}, {"text": "\x00"}]
)
def test_nonsense_is_refused_kindly(client, data):
    assert say(client, article(), **data).status_code == 400
    assert not Feedback.objects.exists()


def test_a_flood_on_one_page_is_stopped_without_knowing_who(client):
    page = article()
    for _number in range(EACH_PAGE_AN_HOUR):
        say(client, page)

    assert say(client, page).status_code == 429
    assert say(client, article("Ander artikel")).status_code == 303
    assert Feedback.objects.filter(page_id=page.pk).count() == EACH_PAGE_AN_HOUR


@pytest.mark.parametrize("what", ["mening/", "mening/bedankt/", "pdf/"])
def test_a_closed_page_looks_as_if_it_is_not_there(client, what):
    part = closed_library()
    close(part, audiences.NETWORK)
    page = article("Gesloten", below=part)

    assert client.get(f"{page.url}{what}").status_code == 404
    assert client.get(f"/bestaat-niet/{what}").status_code == 404
