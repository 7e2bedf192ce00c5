"""Groups: joining, leaving, changing and ending; and discussions beside questions."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from network.exchange.models import Answer, Group, Question
from network.exchange.services.groups import end_group, join
from network.exchange.services.posts import accept, answer, ask
from network.exchange.services.rules import accept_rules
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import ProfileFactory
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db
GROUPS = "/netwerk/vragen/groepen/"
ASK = "/netwerk/vragen/stellen/"


@pytest.fixture
def professional(client):
    person = UserFactory(roles=["professional"])
    accept_rules(by=person)
    sign_in(client, person)
    return person


@pytest.fixture
def coordinator():
    return UserFactory(roles=["netwerkregisseur"])


def group(**more):
    values = {"name": "Ouders", "slug": "ouders", "municipality": MunicipalityFactory(), **more}
    return Group.objects.create(**values)


def test_somebody_joins_an_open_group_and_leaves_it(client, professional):
    found = group(summary="Over ouderavonden.")
    assert "Over ouderavonden." in client.get(GROUPS).content.decode()

    client.post(f"{GROUPS}ouders/lidmaatschap/")
    assert list(found.members.all()) == [professional]
    assert "U bent lid" in client.get(GROUPS).content.decode()
    client.post(f"{GROUPS}ouders/lidmaatschap/")

    assert not found.members.exists()
    assert mail.outbox == []


def test_nobody_joins_a_closed_group_by_themselves(client, professional, coordinator):
    closed = group(is_closed=True)

    assert client.post(f"{GROUPS}ouders/lidmaatschap/").status_code == 404
    sign_in(client, coordinator)
    assert client.post(f"{GROUPS}ouders/lidmaatschap/").status_code == 403
    with pytest.raises(PermissionDenied):
        join(closed, by=professional)


def test_who_only_reads_joins_nothing(client):
    group()
    sign_in(client, UserFactory(roles=["redacteur"]))

    assert client.get(f"{GROUPS}ouders/").status_code == 200
    assert client.post(f"{GROUPS}ouders/lidmaatschap/").status_code == 403


def test_a_coordinator_changes_the_members_and_keeps_who_is_not_listed(client, coordinator):
    silent = UserFactory(roles=["professional"])
    listed = ProfileFactory().user
    found = group(is_closed=True)
    found.members.add(silent)
    sign_in(client, coordinator)
    address = "/werkplek/netwerk/groepen/ouders/wijzigen/"
    sent = {"name": "Ouders en school", "members": [silent.pk, listed.pk], "is_closed": ""}

    assert client.post(address, sent).status_code == 302

    found.refresh_from_db()
    assert (found.name, found.is_closed) == ("Ouders en school", True)
    assert set(found.members.all()) == {silent, listed}
    assert client.post(address, {**sent, "name": "Bel 06 12345678"}).status_code == 422
    assert client.post(address, {**sent, "members": [coordinator.pk]}).status_code == 422


def test_a_group_that_ended_is_read_and_nothing_is_added(client, professional, coordinator):
    found = group()
    question = Question.objects.create(by=professional, title="Wie?", text="Wat?", group=found)
    sign_in(client, coordinator)
    assert client.post("/werkplek/netwerk/groepen/ouders/beeindigen/").status_code == 302
    assert mail.outbox == []

    sign_in(client, professional)
    page = client.get(question.get_absolute_url())
    assert page.status_code == 200
    assert page.context["form"] is None
    assert client.post(question.get_absolute_url(), {"text": "x"}).status_code == 403
    assert client.post(f"{GROUPS}ouders/lidmaatschap/").status_code == 403
    sent = {"title": "Nog iets", "text": "x", "group": found.pk}
    assert client.post(ASK, sent).status_code == 422
    found.refresh_from_db()
    with pytest.raises(PermissionDenied):
        ask({"title": "x", "text": "y", "group": found}, by=professional)
    question.refresh_from_db()
    with pytest.raises(PermissionDenied):
        answer(question, text="x", by=professional)


@pytest.mark.parametrize("where", ["wijzigen", "beeindigen"])
def test_who_keeps_no_network_there_changes_no_group(client, professional, where):
    found = group(is_closed=True)
    address = f"/werkplek/netwerk/groepen/ouders/{where}/"
    assert client.post(address).status_code == 404
    found.members.add(professional)
    assert client.post(address).status_code == 403
    elsewhere = UserFactory(
        roles=["netwerkregisseur"], roles__at=MunicipalityFactory(name="Polderveen")
    )
    sign_in(client, elsewhere)
    assert client.post(address).status_code == 404
    with pytest.raises(PermissionDenied):
        end_group(found, by=elsewhere)


@pytest.mark.parametrize("address", [GROUPS, f"{GROUPS}ouders/"])
def test_groups_cost_the_same_for_few_and_for_many(
    client, professional, address, django_assert_num_queries
):
    found = group()
    found.members.add(professional)
    client.get(address)
    number = 9 if address == GROUPS else 10

    with django_assert_num_queries(number):
        client.get(address)
    for count in range(20):
        group(name=f"Groep {count}", slug=f"groep-{count}").members.add(professional)
        found.members.add(UserFactory())
        Question.objects.create(by=professional, title="x", text="y", group=found)
    with django_assert_num_queries(number):
        client.get(address)


def test_a_discussion_has_no_accepted_answer_and_waits_for_none(client, professional):
    sent = {"kind": "gesprek", "title": "Hoe ging de avond?", "text": "Vertel."}
    client.post(ASK, sent)
    found = Question.objects.get()
    assert found.kind == "gesprek"
    colleague = UserFactory(roles=["sleutelfiguur"])
    said = found.answers.create(by=colleague, text="Goed.")

    assert client.post(f"/netwerk/vragen/antwoord/{said.pk}/hielp/").status_code == 403
    with pytest.raises(PermissionDenied):
        accept(said, by=professional)
    assert not Answer.objects.filter(is_accepted=True).exists()
    assert "Wat mensen zeggen" in client.get(found.get_absolute_url()).content.decode()
    said.delete()
    assert list(client.get("/netwerk/vragen/?open=on").context["page"]) == []
    assert list(client.get("/netwerk/vragen/?soort=gesprek").context["page"]) == [found]
    assert list(client.get("/netwerk/vragen/?soort=vraag").context["page"]) == []


def test_an_unknown_kind_is_refused(client, professional):
    sent = {"kind": "oproep", "title": "Hoe ging het?", "text": "Vertel."}

    assert client.post(ASK, sent).status_code == 422
