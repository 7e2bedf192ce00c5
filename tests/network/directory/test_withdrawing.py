"""Who takes a permission back is gone from every surface with the next request (portal.md F6)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from network.directory.services.people import give_consent
from network.directory.workflow import Channel, ConsentPhase, Purpose
from network.exchange.models import Choices, Question
from network.exchange.services.digests import send
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import (
    ContactFunctionFactory,
    DetailFactory,
    OrganisationFactory,
    ProfileFactory,
)

pytestmark = pytest.mark.django_db

NUMBER = "06 00 00 00 42"
OWN = "/netwerk/mensen/mijn-profiel/"
CALLS = "/netwerk/organisaties/mijn-bellijst/"


@pytest.fixture
def detail():
    """A number of which the holder allows everything."""
    found = DetailFactory(value=NUMBER)
    for channel in Channel:
        give_consent(
            found,
            purpose=Purpose.COLLEAGUES,
            channel=channel,
            phase=ConsentPhase.ALWAYS,
            by=found.profile.user,
        )
    return found


@pytest.fixture
def coordinator(client):
    return UserFactory(roles=["netwerkregisseur"])


def digest_of(client, detail):
    """The letter of today to somebody in the network."""
    reader = UserFactory(roles=["professional"])
    choices = Choices.objects.create(user=reader, rhythm="dag")
    Question.objects.create(by=detail.profile.user, title="Wie komt er?", text="Graag tips.")
    assert send(choices, timezone.now() + timedelta(hours=1))
    return mail.outbox[-1].body


SURFACES = {
    "the list": lambda client, detail: client.get("/netwerk/mensen/"),
    "the profile": lambda client, detail: client.get(
        f"/netwerk/mensen/{detail.profile.user.public_id}/"
    ),
    "an export": lambda client, detail: client.post("/netwerk/mensen/lijst.csv"),
    "the call list": lambda client, detail: client.get(CALLS),
}


@pytest.mark.parametrize("surface", SURFACES)
def test_a_number_is_gone_from_this_surface_after_one_request(client, coordinator, detail, surface):
    sign_in(client, coordinator)
    assert NUMBER in SURFACES[surface](client, detail).content.decode()

    sign_in(client, detail.profile.user)
    client.post(OWN + "intrekken/", {"detail": detail.pk})

    sign_in(client, coordinator)
    response = SURFACES[surface](client, detail)
    assert response.status_code == 200
    assert NUMBER not in response.content.decode()


@pytest.mark.parametrize("deed", ["stoppen/", "intrekken/"])
def test_who_stops_is_gone_from_the_call_list(client, coordinator, detail, deed):
    sign_in(client, detail.profile.user)
    client.post(OWN + deed)

    sign_in(client, coordinator)
    assert NUMBER not in client.get(CALLS).content.decode()


def test_no_digest_ever_holds_a_number(client, detail):
    assert NUMBER not in digest_of(client, detail)


def test_only_what_is_allowed_offline_is_in_the_call_list(client, coordinator):
    found = DetailFactory(value=NUMBER)
    give_consent(
        found,
        purpose=Purpose.COLLEAGUES,
        channel=Channel.SCREEN,
        phase=ConsentPhase.ALWAYS,
        by=found.profile.user,
    )
    sign_in(client, coordinator)

    assert NUMBER in client.get("/netwerk/mensen/").content.decode()
    assert NUMBER not in client.get(CALLS).content.decode()


def test_a_device_keeps_the_call_list_for_three_days_and_no_cache_between_does(client, coordinator):
    sign_in(client, coordinator)

    response = client.get(CALLS)

    assert response["X-Offline"] == "ja"
    left = int(response["X-Offline-Until"]) - timezone.now().timestamp()
    assert 71.9 * 3600 < left <= 72 * 3600
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_the_call_list_holds_where_somebody_works_and_nothing_of_next_door(client):
    ContactFunctionFactory(organisation=OrganisationFactory(name="De Brug"))
    ContactFunctionFactory(organisation=OrganisationFactory(name="Polderhulp", elsewhere=True))
    ContactFunctionFactory(organisation=OrganisationFactory(name="Regionaal", municipality=None))
    OrganisationFactory(name="Zonder functie")
    sign_in(client, UserFactory(roles=["professional"]))

    text = client.get(CALLS).content.decode()

    shown = [name for name in ("De Brug", "Polderhulp", "Regionaal", "Zonder") if name in text]
    assert shown == ["De Brug", "Regionaal"]


@pytest.mark.parametrize("role", ["deelnemer-weging", "instelling", "archivaris"])
def test_who_is_not_in_the_network_has_no_call_list(client, role):
    sign_in(client, UserFactory(roles=[role]))

    response = client.get(CALLS)

    assert response.status_code == 403
    assert "X-Offline" not in response


def test_the_call_list_costs_the_same_for_two_and_for_twenty(
    client, coordinator, django_assert_num_queries, django_assert_max_num_queries
):
    sign_in(client, coordinator)

    def grow(number):
        for _count in range(number):
            ContactFunctionFactory()
            found = DetailFactory(profile=ProfileFactory())
            give_consent(
                found,
                purpose=Purpose.COLLEAGUES,
                channel=Channel.OFFLINE,
                phase=ConsentPhase.ALWAYS,
                by=found.profile.user,
            )

    grow(2)
    with django_assert_max_num_queries(40) as few:
        client.get(CALLS)
    grow(18)
    with django_assert_num_queries(len(few)):
        client.get(CALLS)
