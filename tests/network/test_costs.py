"""Every list of the network costs the same for few and for many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.directory.models import Goal, KeyFigure, Meeting, Member, OpeningHours
from network.exchange.models import Flag, Group, HouseRules, Question
from network.map.models import ContactMoment
from network.phenomena.models import Observation, Phenomenon
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import (
    AreaFactory,
    ContactFunctionFactory,
    DetailFactory,
    LinkFactory,
    NodeFactory,
    OrganisationFactory,
    ProfileFactory,
    SectorFactory,
)

pytestmark = pytest.mark.django_db
LISTS = [
    "/netwerk/organisaties/",
    "/netwerk/organisaties/?q=stichting",
    "/netwerk/organisaties/?q=stichting+gezinnen&soort=zorg&gemeente=demodam",
    "/netwerk/organisaties/?gebied=noorderbuurt&nu=on",
    "/netwerk/organisaties/lijst.csv",
    "/netwerk/organisaties/wie-bellen/",
    "/netwerk/organisaties/mijn-bellijst/",
    "/netwerk/mensen/",
    "/netwerk/mensen/?q=wijkcoach",
    "/netwerk/kaart/",
    "/netwerk/kaart/dekking/",
    "/netwerk/kaart/dekking/?gemeente=demodam",
    "/netwerk/vragen/",
    "/netwerk/vragen/?q=les&open=on",
    "/netwerk/vragen/huisregels/",
    "/netwerk/fenomenen/",
    "/netwerk/fenomenen/mijn/",
    "/netwerk/fenomenen/fenomeen-0/",
    "/netwerk/fenomenen/fenomeen-0/?gemeente=demodam",
    "/werkplek/netwerk/",
    "/werkplek/netwerk/bevestigen/",
    "/werkplek/netwerk/contact/",
    "/werkplek/netwerk/sleutelfiguren/",
    "/werkplek/netwerk/strategisch/",
    "/werkplek/netwerk/moderatie/",
    "/werkplek/netwerk/fenomenen/",
]


@pytest.fixture
def person(client):
    made = UserFactory(roles=["netwerkregisseur", "professional", "online-ambassadeur"])
    sign_in(client, made)
    return made


def grow(person, numbers):
    """One more of everything for each number."""
    today, now = timezone.localdate(), timezone.now()
    area = AreaFactory()
    previous = NodeFactory(municipality=area.municipality)
    for number in numbers:
        sector = SectorFactory(name=f"Werkveld {number % 3}")
        card = OrganisationFactory(old=number % 2 == 0, sectors=[sector], areas=[area])
        ContactFunctionFactory(organisation=card, is_always_open=True)
        OpeningHours.objects.create(
            organisation=card, weekday=str(now.weekday()), opens="00:00", closes="23:59"
        )
        detail = DetailFactory(profile=ProfileFactory(organisation=card))
        detail.profile.areas.add(area)
        node = NodeFactory(municipality=area.municipality)
        LinkFactory(source=node, target=previous)
        ContactMoment.objects.create(
            organisation=card, on=today - timedelta(days=number), subject="Kennismaking", by=person
        )
        writer = detail.profile.user
        group = Group.objects.create(name=f"Groep {number}", slug=f"groep-{number}")
        question = Question.objects.create(
            by=writer, title="Wie kent een les?", text="Graag.", group=group
        )
        question.answers.create(by=writer, text="Ja.", is_accepted=True)
        Question.objects.create(by=writer, title="Wie kent een les?", text="Graag.")
        Flag.objects.create(question=question, by=writer)
        HouseRules.objects.create(number=number + 2, text="Wees vriendelijk.")
        note = Phenomenon.objects.create(
            name=f"Fenomeen {number}",
            slug=f"fenomeen-{number}",
            summary="x",
            unknown="y",
            expires_on=today,
            by=person,
        )
        for by in (person, writer):
            Observation.objects.create(
                by=by,
                state="submitted",
                submitted_at=now,
                platform="forum",
                seen_from=today,
                seen_until=today,
                description="Berichten die bang maken.",
                effect="Er wordt over gepraat.",
                reach="veel",
                advice="geen",
                municipality=area.municipality,
                area=area,
                phenomenon=note,
            )
            note.counts.get_or_create(
                month=today.replace(day=1), municipality=area.municipality, area=area
            )
        figure = KeyFigure.objects.create(user=writer, municipality=area.municipality)
        figure.deployments.create(activity="Avond", on=today, by=person)
        Member.objects.create(
            organisation=card, since=today, until=today + timedelta(days=number + 9)
        )
        Goal.objects.create(year=2026, text="Een avond")
        Meeting.objects.create(on=today, agenda="Jaarplan")


@pytest.mark.parametrize("address", LISTS)
def test_a_list_of_the_network_costs_the_same_for_few_and_for_many(
    client, person, address, django_assert_num_queries
):
    grow(person, range(2))
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as few:
        client.get(address)

    grow(person, range(2, 9))

    with django_assert_num_queries(len(few)):
        client.get(address)
    assert len(few) <= 25
