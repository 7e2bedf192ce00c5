"""The dashboard shows what was published, to whoever sees figures."""

import pytest
from django.utils import timezone

from portal.figures.models import Figure
from portal.figures.months import last_months
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db
PAGE = "/werkplek/cijfers/sleutelfiguren/"


def publish(*places, numbers=(8,)):
    months = last_months(timezone.localdate(), 12)[-len(numbers) :]
    for place in places:
        for month, number in zip(months, numbers, strict=True):
            Figure.objects.create(
                code="sleutelfiguren", month=month, municipality=place, number=number
            )


@pytest.fixture
def place():
    return MunicipalityFactory()


@pytest.fixture
def region(client):
    person = UserFactory(roles=["regiobeheerder"])
    sign_in(client, person)
    return person


def test_the_dashboard_shows_a_drawing_and_the_page_a_table(client, region, place):
    publish(place, numbers=[8, None, 12])

    page = client.get("/werkplek/").content.decode()
    assert "Actieve sleutelfiguren" in page
    assert "8, verborgen, 12" in page
    table = client.get(PAGE).content.decode()
    assert table.count("<rect") == 2
    assert '<td class="portal-number">12</td>' in table


def test_the_table_comes_as_a_file(client, region, place):
    publish(place, numbers=[8, None, 12])

    answer = client.get(f"{PAGE}tabel.csv")

    line = answer.content.decode().splitlines()[1]
    assert line == f"{place.name};;;;;;;;;;8;x;12"
    assert answer["Content-Disposition"] == 'attachment; filename="sleutelfiguren.csv"'


def test_a_coordinator_sees_no_figure_of_next_door(client, place):
    next_door = MunicipalityFactory(name="Polderveen")
    publish(place, next_door)
    sign_in(client, UserFactory(roles=["netwerkregisseur"], roles__at=place))

    for address in ("/werkplek/", PAGE, f"{PAGE}tabel.csv"):
        page = client.get(address).content.decode()
        assert place.name in page
        assert "Polderveen" not in page.partition("<main")[2]


@pytest.mark.parametrize("role", ["professional", "sleutelfiguur", "functioneel-beheerder"])
def test_who_sees_no_figures_sees_none(client, place, role):
    publish(place)
    sign_in(client, UserFactory(roles=[role]))

    assert "Actieve sleutelfiguren" not in client.get("/werkplek/").content.decode()
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}tabel.csv").status_code == 403


@pytest.mark.parametrize("code", ["bestaat-niet", "vragen"])
def test_what_was_not_published_is_not_found(client, region, code):
    assert client.get(f"/werkplek/cijfers/{code}/").status_code == 404


@pytest.mark.parametrize("address", ["/werkplek/", PAGE])
def test_figures_cost_the_same_for_few_and_for_many_places(
    client, region, place, address, django_assert_num_queries
):
    publish(place)
    client.get(address)
    number = 11 if address == "/werkplek/" else 9

    with django_assert_num_queries(number):
        client.get(address)
    publish(
        *(MunicipalityFactory(name=f"Plaats {count:02}") for count in range(30)), numbers=[9, 9]
    )
    with django_assert_num_queries(number):
        page = client.get(address)
    if address == PAGE:
        assert len(page.context["page"]) == 25
        assert page.content.decode().count('<svg class="portal-spark"') == 25
