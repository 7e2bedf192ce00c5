"""What nobody types by accident gets a kind answer in the network, and nothing is stored."""

import pytest

from network.directory.models import Organisation, Profile
from network.exchange.models import Question
from network.map.models import NetworkNode
from network.phenomena.models import Observation
from tests.factories.accounts import UserFactory, sign_in

pytestmark = pytest.mark.django_db

ODD = [
    "%ED%A0%80",
    "%FF%FE",
    "bestaat-niet",
    "-1",
    "9" * 400,
    "%D9%A3",
    "%25_'%22)(*",
    "a" * 6000,
    "",
]
LISTS = {
    "/netwerk/organisaties/": ["q", "soort", "sector", "gemeente", "gebied", "thema", "taal", "nu"],
    "/netwerk/organisaties/wie-bellen/": ["gemeente", "gebied", "thema", "taal", "nu", "page"],
    "/netwerk/organisaties/lijst.csv": ["q", "gebied"],
    "/netwerk/mensen/": ["q", "gemeente", "gebied", "thema", "taal", "page"],
    "/netwerk/kaart/": ["soort", "verband", "maand", "vanaf", "stappen", "gebied"],
    "/netwerk/kaart/dekking/": ["gemeente"],
    "/netwerk/kaart/netwerk.graphml": ["vanaf", "maand"],
    "/netwerk/vragen/": ["q", "groep", "thema", "open", "page"],
    "/netwerk/fenomenen/": ["page"],
    "/werkplek/netwerk/contact/": ["dagen", "page"],
    "/werkplek/netwerk/sleutelfiguren/": ["staat", "page"],
    "/werkplek/netwerk/witte-vlek/": ["sector", "municipality", "area"],
}
FORMS = {
    "/netwerk/vragen/stellen/": ("title", Question),
    "/netwerk/mensen/mijn-profiel/": ("function", Profile),
    "/werkplek/netwerk/organisatie-toevoegen/": ("name", Organisation),
    "/werkplek/netwerk/kaart/toevoegen/": ("name", NetworkNode),
    "/netwerk/fenomenen/beschrijven/": ("description", Observation),
}


@pytest.fixture
def somebody(client):
    person = UserFactory(roles=["netwerkregisseur", "professional", "online-ambassadeur"])
    sign_in(client, person)
    return person


@pytest.mark.parametrize("address", LISTS)
def test_no_parameter_makes_a_list_of_the_network_fail(client, somebody, address):
    for name in LISTS[address]:
        for value in ODD:
            status = client.get(f"{address}?{name}={value}").status_code
            assert status in (200, 400, 404), f"{name}={value[:20]}"
        assert client.get(f"{address}?{name}=a%00b").status_code == 400


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("text", ["a\x00b", "a" * 1_000_000], ids=["nul", "megabyte"])
def test_no_form_of_the_network_stores_what_nobody_types(client, somebody, address, text):
    name, model = FORMS[address]

    assert client.post(address, {name: text}).status_code in (400, 422)
    assert not model.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/netwerk/kaart/999999999999999999999999/",
        "/netwerk/organisaties/bestaat-niet/",
        "/netwerk/vragen/00000000-0000-0000-0000-000000000000/",
        "/netwerk/mensen/00000000-0000-0000-0000-000000000000/",
        "/netwerk/fenomenen/bestaat-niet/",
        "/werkplek/netwerk/sleutelfiguren/999999999999999999999999/",
    ],
)
def test_an_address_that_leads_nowhere_is_not_found(client, somebody, address):
    assert client.get(address).status_code == 404
