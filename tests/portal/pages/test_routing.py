"""A page is found by its address, and no longer when it is gone."""

import pytest
from django.core.cache import cache
from django.db import connection

from portal.pages import memory, routing
from tests.factories.pages import home_page, standard_page


@pytest.fixture
def by_heart(db, monkeypatch):
    """A process between two requests: what it read is there to stay."""
    home = home_page()
    monkeypatch.setattr(memory, "is_certain", lambda: True)
    memory._values.clear()
    yield home
    memory.close_request()
    memory._values.clear()


def test_an_address_that_was_asked_for_before_takes_one_query(by_heart, django_assert_num_queries):
    standard_page("Over ons")
    memory.generation_of_request()
    assert routing.page_at(by_heart, "over-ons/").title == "Over ons"

    with django_assert_num_queries(2):  # one of them asks whether anything changed
        assert routing.page_at(by_heart, "over-ons/").title == "Over ons"


def test_a_page_that_was_taken_back_or_moved_is_not_found_at_its_old_address(by_heart, client):
    page, below = standard_page("Over ons"), standard_page("Elders")
    for address in ("/over-ons/", "/elders/", "/er-is-niets/"):
        client.get(address)

    page.move(below, "last-child")
    assert client.get("/over-ons/").status_code != 200
    assert client.get("/elders/over-ons/").status_code == 200
    page.refresh_from_db()
    page.unpublish()
    assert client.get("/elders/over-ons/").status_code == 404


def test_addresses_where_nothing_is_are_not_kept(by_heart):
    for number in range(5):
        assert routing.page_at(by_heart, f"niets-{number}/") is None

    assert memory.remembered("page_addresses", dict) == {}
    assert connection.in_atomic_block  # of the test itself


def test_addresses_of_many_pages_ask_where_the_sites_begin_once(
    by_heart, django_assert_num_queries
):
    made = [standard_page(f"Bladzijde {number}") for number in range(3)]
    first, *others = type(made[0]).objects.order_by("pk")
    assert first.url == "/bladzijde-0/"

    cache.clear()  # Wagtail's own memory of it
    memory.open_request()
    with django_assert_num_queries(1):  # whether anything changed
        assert [page.url for page in others] == ["/bladzijde-1/", "/bladzijde-2/"]


def test_when_the_site_moves_to_another_host_every_address_follows(by_heart):
    page = standard_page("Over ons")
    before = page.full_url
    site = by_heart.get_site()
    site.hostname, site.port = "lindekade.example", 443

    site.save()

    assert before.endswith("/over-ons/")
    assert type(page).objects.get(pk=page.pk).full_url == "https://lindekade.example/over-ons/"
