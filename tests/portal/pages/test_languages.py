import pytest
from wagtail.models import Locale

from tests.factories.pages import home_page, standard_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    """The front page in English as well."""
    home = home_page()
    front = home.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0])
    front.save_revision().publish()
    return front


def test_who_reads_english_is_led_to_a_page_that_is_only_in_dutch(english, client):
    standard_page("Over ons", slug="over")

    response = client.get("/en/over/?page=2")

    assert response.status_code == 302
    assert response.headers["Location"] == "/over/?page=2"


def test_a_page_in_both_languages_is_read_in_the_one_asked_for(english, client):
    standard_page("Over ons", slug="over")
    standard_page("About us", slug="over", below=english, locale=english.locale)

    assert "About us" in client.get("/en/over/").content.decode()


@pytest.mark.parametrize("address", ["/en/bestaat-niet/", "/bestaat-niet/"])
def test_a_page_in_no_language_is_not_found(english, client, address):
    assert client.get(address).status_code == 404


def test_a_draft_in_dutch_is_not_told_of_in_english(english, client):
    standard_page("Concept", slug="concept", live=False)

    assert client.get("/en/concept/").status_code == 404
