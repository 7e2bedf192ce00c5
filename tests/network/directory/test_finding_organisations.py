"""The portal's search finds organisations for the network, and for nobody else."""

import pytest
from django.core.management import call_command

from network.directory.services.merging import merge_cards
from search.models import SearchEntry
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import ContactFunctionFactory, OrganisationFactory, SectorFactory

pytestmark = pytest.mark.django_db


def found(client, question):
    return [hit.url for hit in client.get("/zoeken/", {"q": question}).context["results"].hits]


@pytest.mark.parametrize(
    ("role", "finds"), [("professional", True), ("archivaris", False), (None, False)]
)
def test_only_the_network_finds_an_organisation(client, role, finds):
    OrganisationFactory(name="Stichting Wilgenbrug", sectors=[SectorFactory()])
    if role:
        sign_in(client, UserFactory(roles=[role]))

    assert (found(client, "wilgenbrug") == ["/netwerk/organisaties/stichting-wilgenbrug/"]) is finds
    assert bool(found(client, "jongerenwerk")) is finds


def test_no_number_is_in_the_index():
    card = OrganisationFactory(name="De Brug", phone="088 777 77 77")
    ContactFunctionFactory(organisation=card, phone="088 666 66 66")
    card.save()
    call_command("rebuild_search", verbosity=0)

    entry = SearchEntry.objects.get(source=f"organisation:{card.pk}")
    words = f"{entry.text} {entry.summary} {entry.body_words} {entry.body_tokens}"
    assert "777" not in words
    assert "666" not in words


def test_a_card_that_was_merged_or_stopped_is_found_no_longer(client):
    coordinator = UserFactory(roles=["netwerkregisseur"])
    sign_in(client, coordinator)
    kept, double = OrganisationFactory(name="Wilgenbrug"), OrganisationFactory(name="Populierhof")

    merge_cards(kept, merged=double, by=coordinator)

    assert found(client, "wilgenbrug")
    assert not found(client, "populierhof")
