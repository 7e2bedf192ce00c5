"""Questions and answers of the network: who reads, who writes, and that no person is in them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.exchange.models import Answer, Choices, Flag, Group, Question
from network.exchange.services.digests import due, send
from network.exchange.services.posts import RulesNotAccepted, accept, ask, take_away
from network.exchange.workflow import Removal, Rhythm
from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import AreaFactory
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db
LIST = "/netwerk/vragen/"


@pytest.fixture
def professional(client):
    person = UserFactory(name="Noor Jansen", roles=["professional"])
    sign_in(client, person)
    return person


def asked(by=None, title="Wie heeft een les over nieuws?", **more):
    return Question.objects.create(
        by=by or UserFactory(roles=["professional"]), title=title, text="Graag tips.", **more
    )


def closed(*members, at=None):
    group = Group.objects.create(name="Kernteam", slug="kernteam", is_closed=True, municipality=at)
    group.members.set(members)
    return group


def data(**more):
    return {"title": "Wie kent een goede les?", "text": "Voor groep acht.", "rules": "on", **more}


def test_the_exchange_is_for_the_network_only(client):
    question = asked()
    assert client.get(LIST).status_code == 302
    sign_in(client, UserFactory(roles=["subsidiebeoordelaar"]))
    assert client.get(LIST).status_code == 403
    assert client.get(question.get_absolute_url()).status_code == 404


def test_a_professional_asks_and_a_colleague_answers_and_one_answer_is_accepted(
    client, professional
):
    response = client.post(LIST + "stellen/", data())
    question = Question.objects.get()
    assert response.url == question.get_absolute_url()
    sign_in(client, UserFactory(roles=["sleutelfiguur"]))
    client.post(question.get_absolute_url(), {"text": "De bibliotheek.", "rules": "on"})
    found = Answer.objects.get()
    assert client.post(f"{LIST}antwoord/{found.pk}/hielp/").status_code == 403

    sign_in(client, professional)
    client.post(f"{LIST}antwoord/{found.pk}/hielp/")

    found.refresh_from_db()
    assert found.is_accepted
    other = question.answers.create(by=professional, text="x")
    accept(other, by=professional)
    assert [one.pk for one in question.answers.filter(is_accepted=True)] == [other.pk]


def test_who_only_reads_neither_asks_nor_answers(client):
    question = asked()
    sign_in(client, UserFactory(roles=["redacteur"]))

    assert client.get(LIST).status_code == 200
    assert client.get(LIST + "stellen/").status_code == 403
    assert client.post(question.get_absolute_url(), {"text": "x"}).status_code == 403


def test_the_house_rules_come_first_and_once(client, professional):
    with pytest.raises(RulesNotAccepted):
        ask({"title": "x", "text": "y"}, by=professional)
    assert client.post(LIST + "stellen/", data(rules="")).status_code == 422

    client.post(LIST + "stellen/", data())

    assert "rules" not in client.get(LIST + "stellen/").context["form"].fields


@pytest.mark.parametrize(
    "text",
    [
        "Bel hem op 06 12345678",
        "Mail jan@voorbeeld.example",
        "Kijk bij @jan_de_v",
        "https://www.facebook.com/jan.devries",
        "Zijn BSN is 111222333",
        "De auto met AB-12-CD",
        "Wie kent Jan de Vries?",
        "Iets met Fatima El Amrani",
    ],
)
def test_a_text_about_a_person_is_refused_with_the_way_to_the_meldpunt(client, professional, text):
    for name in ("text", "title"):
        response = client.post(LIST + "stellen/", data(**{name: text}))

        assert response.status_code == 422
        assert "Dat hoort bij het meldpunt" in response.content.decode()
    assert not Question.objects.exists()
    events = AuditEvent.objects.filter(action="post.blocked")
    assert events.count() == 2
    assert not any(text in str(event.__dict__) for event in events)


def test_a_place_we_know_is_no_name_and_a_tick_says_so_for_others(client, professional):
    AreaFactory(name="Oude Haven")
    assert client.post(LIST + "stellen/", data(text="In de Oude Haven.")).status_code == 302

    text = "Bij Cafe Zonneschijn."
    assert client.post(LIST + "stellen/", data(text=text)).status_code == 422
    assert client.post(LIST + "stellen/", data(text=text, is_no_person="on")).status_code == 302


def test_a_closed_group_is_for_its_members_and_moderators(client, professional):
    question = asked(group=closed(at=MunicipalityFactory()))
    assert client.get(question.get_absolute_url()).status_code == 404
    assert not client.get(LIST).context["page"].object_list
    assert client.post(LIST + "stellen/", data(group=question.group_id)).status_code == 422

    question.group.members.add(professional)
    assert client.get(question.get_absolute_url()).status_code == 200
    sign_in(client, UserFactory(roles=["netwerkregisseur"]))
    assert client.get(question.get_absolute_url()).status_code == 200


def test_a_coordinator_next_door_sees_no_closed_group_of_demodam(client):
    question = asked(group=closed(at=MunicipalityFactory()))
    there = MunicipalityFactory(name="Polderveen")
    person = UserFactory(roles=["netwerkregisseur"], roles__at=there)
    sign_in(client, person)

    assert client.get(question.get_absolute_url()).status_code == 404
    with pytest.raises(PermissionDenied):
        take_away(question, why=Removal.RULES, by=person)


def test_what_is_flagged_is_erased_and_the_writer_hears_where_the_meldpunt_is(
    client, professional, mailoutbox, django_capture_on_commit_callbacks
):
    writer = UserFactory(roles=["professional"])
    question = asked(by=writer, title="Zorgen om een leerling")
    client.post(f"{LIST}{question.pk}/melden/")
    sign_in(client, UserFactory(roles=["netwerkregisseur"]))
    assert len(client.get("/werkplek/netwerk/moderatie/").context["page"].object_list) == 1

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/werkplek/netwerk/moderatie/vraag/{question.pk}/", {"why": "meldpunt"})

    question.refresh_from_db()
    assert (question.text, question.removal) == ("", "meldpunt")
    assert "leerling" not in question.title
    assert mailoutbox[0].to == [writer.email]
    assert "/meldpunt/" in mailoutbox[0].body
    assert "leerling" not in mailoutbox[0].body + mailoutbox[0].subject
    assert not Flag.objects.filter(handled_at=None).exists()


def test_the_database_keeps_no_text_of_what_was_taken_away():
    question = asked()

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(removed_at=timezone.now())


def test_a_professional_moderates_nothing(client, professional):
    question = asked()

    assert client.get("/werkplek/netwerk/moderatie/").status_code == 403
    assert client.get("/werkplek/netwerk/groepen/beginnen/").status_code == 403
    address = f"/werkplek/netwerk/moderatie/vraag/{question.pk}/"
    assert client.post(address, {"why": "persoon"}).status_code == 403


def test_a_coordinator_begins_a_closed_group(client):
    sign_in(client, UserFactory(roles=["netwerkregisseur"]))
    place = MunicipalityFactory()
    sent = {"name": "Kernteam Demodam", "is_closed": "on", "municipality": place.pk}

    assert client.post("/werkplek/netwerk/groepen/beginnen/", sent).status_code == 302
    assert Group.objects.get().is_closed
    sent["municipality"] = MunicipalityFactory(name="Polderveen").pk
    sent["name"] = "Elders"
    assert client.post("/werkplek/netwerk/groepen/beginnen/", sent).status_code == 422


def test_the_list_filters_and_costs_the_same_for_two_and_for_twenty(
    client, professional, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(40) as counted:
            client.get(LIST)
        return len(counted)

    answered = asked(title="Met antwoord")
    answered.answers.create(by=professional, text="Ja")
    asked(title="Zonder antwoord")
    few = cost()
    for _number in range(18):
        asked()
    assert cost() == few

    page = client.get(LIST + "?open=on&q=zonder").context["page"]
    assert [one.title for one in page] == ["Zonder antwoord"]


# --- Digests ------------------------------------------------------------------------------

NOON = datetime(2026, 3, 3, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


def wants(rhythm=Rhythm.DAILY, **more):
    return Choices.objects.create(user=UserFactory(roles=["professional"]), rhythm=rhythm, **more)


def test_a_digest_comes_once_a_day_outside_the_quiet_hours():
    one = wants(sent_at=NOON - timedelta(hours=24))
    wants(rhythm=Rhythm.NEVER)
    wants(sent_at=NOON - timedelta(hours=2))
    wants(rhythm=Rhythm.WEEKLY, sent_at=NOON - timedelta(days=2))
    wants(quiet_from=time(11), quiet_until=time(13))

    assert due(NOON) == [one]
    assert due(NOON.replace(hour=22)) != [one]
    assert one.is_quiet_at(time(23))
    assert one.is_quiet_at(time(3))
    assert not one.is_quiet_at(time(8))


def test_a_digest_says_how_much_is_new_and_nothing_of_what_it_says(mailoutbox):
    one = wants()
    asked(title="Onrust in de Noorderbuurt")
    asked(title="Gesloten vraag", group=closed())
    now = timezone.now() + timedelta(minutes=1)

    assert send(one, now)
    assert not send(one, now)

    letter = mailoutbox[0]
    assert "1 nieuwe vraag" in letter.body
    assert "Noorderbuurt" not in letter.body + letter.subject


def test_somebody_whose_role_ended_gets_no_digest(mailoutbox):
    one = wants()
    one.user.memberships.update(ended_at=timezone.now())
    asked()

    assert not send(Choices.objects.get(), timezone.now() + timedelta(minutes=1))


def test_somebody_chooses_a_digest(client, professional):
    sent = {"rhythm": "week", "quiet_from": "19:00", "quiet_until": "07:30"}

    assert client.post(LIST + "overzicht/", sent).status_code == 302
    assert Choices.objects.get().rhythm == "week"
    assert client.post(LIST + "overzicht/", {**sent, "rhythm": "elk uur"}).status_code == 422
