"""Asking a colleague by name to read along: only who wants to be found, and nothing leaks."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from network.exchange.models import Choices, Group, Mention, Question
from network.exchange.services.mentions import letters_due, mention, send_letter
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import ProfileFactory

pytestmark = pytest.mark.django_db
ASK = "/netwerk/vragen/stellen/"


@pytest.fixture
def noor():
    return ProfileFactory(user__name="Noor Jansen").user


@pytest.fixture
def asker(client):
    person = UserFactory(roles=["professional"])
    sign_in(client, person)
    return person


def data(**more):
    return {"title": "Wie kent een les?", "text": "Voor groep acht.", "rules": "on", **more}


def asked(by, **more):
    return Question.objects.create(by=by, title="Wie kent een les?", text="Graag.", **more)


def at(hour):
    return datetime(2026, 11, 25, hour, tzinfo=ZoneInfo("Europe/Amsterdam"))


def test_somebody_is_asked_by_name_and_gets_a_letter_that_says_only_where(client, asker, noor):
    client.post(ASK, data(people=" noor  jansen "))
    question = Question.objects.get()

    for person, mentions in letters_due(at(12)).items():
        assert send_letter(person, mentions, at(12))

    (letter,) = mail.outbox
    assert letter.to == [noor.email]
    assert question.get_absolute_url() in letter.body
    assert "les" not in letter.body + letter.subject
    assert "Noor Jansen" in client.get(question.get_absolute_url()).content.decode()
    assert letters_due(at(12)) == {}


def test_an_answer_asks_somebody_too_and_nobody_twice(client, asker, noor):
    question = asked(asker)
    for _turn in range(2):
        answer = {"text": "De bibliotheek.", "rules": "on", "people": "Noor Jansen"}
        assert client.post(question.get_absolute_url(), answer).status_code == 302

    assert Mention.objects.get().user == noor


@pytest.mark.parametrize("names", ["Onbekend Iemand", "Stil Persoon", "a, b, c, d, e, f"])
def test_who_is_not_in_the_list_of_people_can_not_be_asked(client, asker, names):
    ProfileFactory(user__name="Stil Persoon", listed_at=None)

    response = client.post(ASK, data(people=names))

    assert response.status_code == 422
    assert not Question.objects.exists()


def test_who_may_not_read_a_closed_group_hears_nothing_of_it(asker, noor):
    group = Group.objects.create(name="Kernteam", slug="kernteam", is_closed=True)
    group.members.add(asker)

    assert mention(asked(asker, group=group), [noor], by=asker) == 0
    assert not Mention.objects.exists()


def test_who_left_the_network_before_the_letter_gets_none(asker, noor):
    mention(asked(asker), [noor], by=asker)
    noor.memberships.update(ended_at=timezone.now())

    for person, mentions in letters_due(at(12)).items():
        assert not send_letter(person, mentions, at(12))

    assert mail.outbox == []


def test_nobody_is_written_to_in_their_quiet_hours(asker, noor):
    Choices.objects.create(user=noor)
    mention(asked(asker), [noor], by=asker)

    assert letters_due(at(22)) == {}
    assert list(letters_due(at(9))) == [noor]


def test_who_only_reads_asks_nobody(noor):
    reader = UserFactory(roles=["redacteur"])

    with pytest.raises(PermissionDenied):
        mention(asked(reader), [noor], by=reader)


def test_the_command_counts_the_letters_first(asker, noor, capsys):
    Choices.objects.create(user=noor, quiet_from="00:00", quiet_until="00:00")
    mention(asked(asker), [noor], by=asker)

    call_command("send_digests")
    assert "1 letter(s). Run again" in capsys.readouterr().out
    assert mail.outbox == []
    call_command("send_digests", execute=True)
    assert len(mail.outbox) == 1
