"""A number that somebody allows or not: no engine ever knows it."""

import pytest
from django.core.management import call_command

from network.directory.services.people import give_consent
from network.directory.workflow import Channel, ConsentPhase, Purpose
from search.elastic.connection import send
from search.models import SearchEntry
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import DetailFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

NUMBER = "06 00 00 00 42"


@pytest.mark.parametrize("question", [NUMBER, "0600000042", "00 42", "telefoon Wilgenbrug"])
def test_no_engine_finds_or_shows_a_number(client, engine, question):
    card = OrganisationFactory(name="Wilgenbrug")
    detail = DetailFactory(value=NUMBER, profile__organisation=card)
    for channel in Channel:
        give_consent(
            detail,
            purpose=Purpose.COLLEAGUES,
            channel=channel,
            phase=ConsentPhase.ALWAYS,
            by=detail.profile.user,
        )
    call_command("rebuild_search", verbosity=0)
    sign_in(client, UserFactory(roles=["netwerkregisseur"]))

    response = client.get("/zoeken/", {"q": question})

    assert response.status_code == 200
    found = " ".join(f"{hit.title} {hit.passage}" for hit in response.context["results"].hits)
    assert "42" not in found
    assert not SearchEntry.objects.filter(text__contains="42").exists()


@pytest.mark.elasticsearch
def test_the_server_knows_no_number_before_or_after_somebody_withdraws(client, node, settings):
    detail = DetailFactory(value=NUMBER, profile__organisation=OrganisationFactory(name="Brug"))
    give_consent(
        detail,
        purpose=Purpose.COLLEAGUES,
        channel=Channel.SCREEN,
        phase=ConsentPhase.ALWAYS,
        by=detail.profile.user,
    )
    call_command("rebuild_search", verbosity=0)

    def kinds_with_one_of(words):
        send("POST", f"/{settings.SEARCH_INDEX}-*/_refresh")
        asked = {"query": {"match": {"any_tokens": words}}, "size": 1000}
        found = send("POST", f"/{settings.SEARCH_INDEX}-*/_search", asked)
        return {one["_id"].partition(":")[0] for one in found["hits"]["hits"]}

    assert "organisation" in kinds_with_one_of("brug")
    assert not kinds_with_one_of("06 00 42 0600000042")

    sign_in(client, detail.profile.user)
    client.post("/netwerk/mensen/mijn-profiel/intrekken/", {"detail": detail.pk})

    assert not detail.consents.valid().exists()
    assert not kinds_with_one_of("06 00 42 0600000042")
    sign_in(client, UserFactory(roles=["netwerkregisseur"]))
    assert not client.get("/zoeken/", {"q": NUMBER}).context["results"].hits
