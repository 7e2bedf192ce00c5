"""People stand in the network only by themselves, and leave it with one click."""

import pytest
from django.core.exceptions import PermissionDenied

from network.directory.models import Consent, CurrentPhase, Profile, ProfileDetail
from network.directory.services.people import give_consent, save_profile, withdraw_consents
from network.directory.workflow import Channel, ConsentPhase, Purpose
from search.models import SearchEntry
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import DetailFactory, ProfileFactory
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db

NUMBER = "06 00 00 00 42"


def allow(detail, channel=Channel.SCREEN, purpose=Purpose.COLLEAGUES, phase=ConsentPhase.ALWAYS):
    return give_consent(
        detail, purpose=purpose, channel=channel, phase=phase, by=detail.profile.user
    )


@pytest.fixture
def reader(client):
    person = UserFactory(roles=["professional"])
    sign_in(client, person)
    return person


def shown(client, address="/netwerk/mensen/"):
    return NUMBER in client.get(address).content.decode()


def test_nobody_stands_in_the_list_without_saying_so(client, reader):
    ProfileFactory(user__name="Zichtbaar")
    ProfileFactory(user__name="Onzichtbaar", listed_at=None)

    text = client.get("/netwerk/mensen/").content.decode()

    assert "Zichtbaar" in text
    assert "Onzichtbaar" not in text


def test_a_profile_of_somebody_not_listed_is_not_there(client, reader):
    hidden = ProfileFactory(listed_at=None)

    assert client.get(f"/netwerk/mensen/{hidden.user.public_id}/").status_code == 404


@pytest.mark.parametrize("role", ["subsidiebeoordelaar", "instelling", "archivaris"])
def test_who_is_not_in_the_network_sees_no_people(client, role):
    sign_in(client, UserFactory(roles=[role]))

    assert client.get("/netwerk/mensen/").status_code == 403
    assert client.get("/netwerk/mensen/mijn-profiel/").status_code == 403


def test_a_number_is_shown_only_with_a_consent_for_the_screen(client, reader):
    detail = DetailFactory()
    assert not shown(client)

    allow(detail, channel=Channel.EXPORT)
    assert not shown(client)

    allow(detail)
    assert shown(client)
    assert shown(client, f"/netwerk/mensen/{detail.profile.user.public_id}/")


def test_a_consent_past_its_last_day_shows_nothing(client, reader):
    consent = allow(DetailFactory())
    Consent.objects.filter(pk=consent.pk).update(valid_until="2026-01-01")

    assert not shown(client)


def test_some_may_be_called_only_in_times_of_tension(client, reader):
    allow(DetailFactory(), purpose=Purpose.DEPLOYMENT, phase=ConsentPhase.TENSION)
    assert not shown(client)

    CurrentPhase.objects.create(municipality=MunicipalityFactory(), phase="incident", by=reader)

    assert shown(client)


def test_withdrawing_takes_the_number_away_from_every_surface_within_one_request(client):
    coordinator = UserFactory(roles=["netwerkregisseur"])
    detail = DetailFactory()
    holder = detail.profile.user
    for channel in Channel:
        allow(detail, channel=channel)
    person = f"/netwerk/mensen/{holder.public_id}/"

    def surfaces():
        sign_in(client, coordinator)
        return [
            shown(client),
            shown(client, person),
            NUMBER in client.post("/netwerk/mensen/lijst.csv").content.decode(),
        ]

    assert surfaces() == [True, True, True]
    sign_in(client, holder)
    client.post("/netwerk/mensen/mijn-profiel/intrekken/")
    assert surfaces() == [False, False, False]
    for channel in Channel:
        for purpose in Purpose:
            for tense in (True, False):
                rows = ProfileDetail.objects.usable(channel=channel, purpose=purpose, tense=tense)
                assert not rows.exists()


def test_a_number_finds_nobody(client, reader):
    allow(DetailFactory())

    assert not client.get("/netwerk/mensen/?q=06+00").context["cards"]
    assert not SearchEntry.objects.filter(text__contains=NUMBER).exists()


def test_the_holder_sees_who_took_the_number_out_of_the_portal(client):
    detail = DetailFactory()
    allow(detail, channel=Channel.EXPORT)
    sign_in(client, UserFactory(name="Ruben Visser", roles=["netwerkregisseur"]))
    client.post("/netwerk/mensen/lijst.csv")

    sign_in(client, detail.profile.user)
    text = client.get("/netwerk/mensen/mijn-profiel/").content.decode()

    assert "Ruben Visser" in text


def test_a_professional_takes_no_list_of_people_out(client, reader):
    assert client.post("/netwerk/mensen/lijst.csv").status_code == 403


def test_nobody_gives_or_withdraws_for_another(reader):
    detail = DetailFactory()
    consent = allow(detail)

    with pytest.raises(PermissionDenied):
        give_consent(
            detail,
            purpose=Purpose.COLLEAGUES,
            channel=Channel.SCREEN,
            phase=ConsentPhase.ALWAYS,
            by=reader,
        )
    with pytest.raises(PermissionDenied):
        withdraw_consents([consent], by=reader)


def test_withdrawing_with_the_key_of_another_changes_nothing(client, reader):
    ProfileFactory(user=reader)
    consent = allow(DetailFactory())

    client.post("/netwerk/mensen/mijn-profiel/intrekken/", {"consent": consent.pk})

    assert Consent.objects.valid().count() == 1


def test_another_number_needs_another_consent(reader):
    detail = DetailFactory()
    allow(detail)
    holder = detail.profile.user

    save_profile({"function": "x"}, is_listed=True, details={"mobiel": "06 1"}, by=holder)

    assert ProfileDetail.objects.get().value == "06 1"
    assert not Consent.objects.valid().exists()


def test_somebody_introduces_themselves_and_stops_with_one_click(client, reader):
    client.post(
        "/netwerk/mensen/mijn-profiel/",
        {"function": "Wijkcoach", "about": "Jeugd", "mobile": NUMBER, "is_listed": "on"},
    )
    detail = ProfileDetail.objects.get()
    data = {"detail": detail.pk, "purpose": "overleg", "channels": ["scherm"], "phase": "altijd"}
    client.post("/netwerk/mensen/mijn-profiel/toestaan/", data)
    assert shown(client)

    client.post("/netwerk/mensen/mijn-profiel/stoppen/")

    assert Profile.objects.get().listed_at is None
    assert not Consent.objects.valid().exists()
    assert not shown(client)


def test_a_profile_says_nothing_about_other_people(client, reader):
    response = client.post(
        "/netwerk/mensen/mijn-profiel/",
        {"function": "Wijkcoach", "about": "Mail mijn buurman jan@voorbeeld.example"},
    )

    assert response.status_code == 422
    assert not Profile.objects.exists()


def test_the_list_of_people_costs_the_same_for_two_and_for_twenty(
    client, reader, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(40) as counted:
            client.get("/netwerk/mensen/")
        return len(counted)

    ProfileFactory.create_batch(2)
    few = cost()
    for profile in ProfileFactory.create_batch(18):
        allow(DetailFactory(profile=profile))

    assert cost() == few


@pytest.mark.parametrize("value", ["-1", "x", "", "9" * 400, "٣"])
def test_odd_keys_withdraw_nothing_by_accident(client, reader, value):
    profile = ProfileFactory(user=reader)
    allow(DetailFactory(profile=profile))

    status = client.post("/netwerk/mensen/mijn-profiel/intrekken/", {"consent": value}).status_code

    assert status in (302, 400)
    if value:
        assert Consent.objects.valid().count() == 1
