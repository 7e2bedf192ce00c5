"""The house rules: read, accepted once for each version, and written by the editor in chief."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from network.exchange.models import Acceptance, HouseRules, Question
from network.exchange.services.posts import ask
from network.exchange.services.rules import (
    NothingChanged,
    RulesNotAccepted,
    accept_rules,
    current_rules,
    has_accepted,
    publish_rules,
)
from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory, sign_in

pytestmark = pytest.mark.django_db
RULES = "/netwerk/vragen/huisregels/"
WRITE = "/werkplek/netwerk/huisregels/"
ASK = "/netwerk/vragen/stellen/"


@pytest.fixture
def chief():
    return UserFactory(roles=["eindredacteur"])


@pytest.fixture
def professional(client):
    person = UserFactory(roles=["professional"])
    sign_in(client, person)
    return person


def data(**more):
    return {"title": "Wie kent een les?", "text": "Voor groep acht.", **more}


def test_who_writes_for_the_first_time_reads_the_rules_and_accepts_them_once(client, professional):
    page = client.get(ASK).content.decode()
    assert "Wij zijn vriendelijk." in page
    assert client.post(ASK, data()).status_code == 422
    assert not Question.objects.exists()

    assert client.post(ASK, data(rules="on")).status_code == 302

    assert Acceptance.objects.get().rules == current_rules()
    assert "Wij zijn vriendelijk." not in client.get(ASK).content.decode()
    assert client.post(ASK, data()).status_code == 302


def test_a_new_version_is_accepted_before_the_next_thing_somebody_writes(
    client, professional, chief
):
    accept_rules(by=professional)
    publish_rules(text="Wij luisteren eerst.", text_en="", by=chief)

    assert not has_accepted(professional)
    with pytest.raises(RulesNotAccepted):
        ask({"title": "x", "text": "y"}, by=professional)
    assert "Wij luisteren eerst." in client.get(ASK).content.decode()
    client.post(RULES)
    assert has_accepted(professional)
    assert Acceptance.objects.filter(user=professional).count() == 2


def test_the_rules_are_read_in_the_language_of_the_reader(client, professional):
    assert "Wij zijn vriendelijk." in client.get(RULES).content.decode()
    assert "We are friendly." in client.get(f"/en{RULES}").content.decode()


def test_the_page_keeps_the_versions_before(client, professional, chief):
    publish_rules(text="Wij luisteren eerst.", text_en="We listen first.", by=chief)

    page = client.get(RULES)

    assert page.context["rules"].number == 2
    assert [one.number for one in page.context["page"]] == [1]
    assert "Versie 1, sinds" in page.content.decode()


def test_the_editor_in_chief_publishes_a_version_and_the_trail_knows(client, chief):
    sign_in(client, chief)

    assert client.post(WRITE, {"text": "Wij luisteren."}).status_code == 302

    made = current_rules()
    assert (made.number, made.text, made.by) == (2, "Wij luisteren.", chief)
    assert AuditEvent.objects.filter(action="rules.published", subject="rules:2").exists()
    assert client.post(WRITE, {"text": "Wij luisteren."}).status_code == 422
    assert client.post(WRITE, {"text": "Bel 06 12345678"}).status_code == 422
    with pytest.raises(NothingChanged):
        publish_rules(text="Wij luisteren.", text_en="", by=chief)


@pytest.mark.parametrize("role", ["professional", "redacteur", "netwerkregisseur"])
def test_who_is_no_editor_in_chief_writes_no_rules(client, role):
    person = UserFactory(roles=[role])
    sign_in(client, person)

    assert client.get(WRITE).status_code == 403
    assert client.post(WRITE, {"text": "Alles mag."}).status_code == 403
    with pytest.raises(PermissionDenied):
        publish_rules(text="Alles mag.", text_en="", by=person)
    assert HouseRules.objects.count() == 1


def test_who_only_reads_accepts_nothing(client):
    sign_in(client, UserFactory(roles=["redacteur"]))

    assert client.get(RULES).status_code == 200
    assert client.post(RULES).status_code == 403
    assert not Acceptance.objects.exists()


def test_the_database_keeps_no_empty_rules():
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseRules.objects.create(number=9, text="")
