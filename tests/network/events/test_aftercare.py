"""After an event: asked twice, answered once, and what people needed is forgotten."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from network.events.models import Evaluation, Event, Guest, Registration
from network.events.services import presence, registering
from network.events.services.aftercare import (
    ask_for_evaluations,
    forget_needs,
    outcome,
    send_materials,
)
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.events import event

pytestmark = pytest.mark.django_db


@pytest.fixture
def attended():
    """Somebody who was at an event that ended just now."""
    coordinator = UserFactory(roles=["trainingscoordinator"])
    noor = UserFactory(roles=["professional"])
    with time_machine.travel(timezone.now() - timedelta(hours=3)):
        one = event(in_days=0.01, hours=2)
        registration = registering.register(one, needs="Een tolk", confidence=2, by=noor)
    return presence.check_in(registration, by=coordinator)


def test_needs_are_forgotten_after_a_week_and_not_before(attended):
    end = attended.event.ends_at
    assert forget_needs(end + timedelta(days=6, hours=23)) == 0
    assert Registration.objects.get().needs == "Een tolk"

    assert forget_needs(end + timedelta(days=7, minutes=1)) == 1
    assert Registration.objects.get().needs == ""


def test_evaluations_are_asked_after_three_days_and_three_months_once(
    attended, mailoutbox, django_capture_on_commit_callbacks
):
    end = attended.event.ends_at
    letters = []
    for days in (2, 3.1, 4, 50, 91.1, 92):
        with django_capture_on_commit_callbacks(execute=True):
            letters.append(ask_for_evaluations(end + timedelta(days=days)))

    assert letters == [0, 1, 0, 0, 1, 0]
    assert "/3d/" in mailoutbox[0].body and "/3m/" in mailoutbox[1].body


def test_materials_are_told_once_to_who_was_there(
    client, attended, mailoutbox, django_capture_on_commit_callbacks
):
    end, absent = attended.event.ends_at, UserFactory(roles=["professional"])
    Registration.objects.create(event=attended.event, user=absent, number=9, state="seated")
    letters = []
    for days, materials in ((0.5, ""), (1, "De dia's: https://lindekade.example/dia"), (2, "x")):
        Event.objects.filter(pk=attended.event.pk).update(materials=materials)
        with django_capture_on_commit_callbacks(execute=True):
            letters.append(send_materials(end + timedelta(days=days)))

    assert letters == [0, 1, 0]
    assert [letter.to for letter in mailoutbox] == [[attended.user.email]]
    assert f"/agenda/{attended.event.slug}/" in mailoutbox[0].body
    assert "dia's" not in mailoutbox[0].body
    for user, status in ((attended.user, True), (UserFactory(roles=["professional"]), False)):
        sign_in(client, user)
        html = client.get(attended.event.get_absolute_url()).content.decode()
        assert ("Materiaal</h2>" in html) == status


def test_a_guest_finds_the_materials_at_the_own_place(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    coordinator = UserFactory(roles=["trainingscoordinator"])
    with time_machine.travel(timezone.now() - timedelta(hours=3)):
        one = event(in_days=0.01, hours=2, admits_guests=True, materials="Een hand-out.")
        guest = Guest.objects.create(event=one, email="gast@example.org", code="code-van-een-gast")
        seat = registering.confirm(guest)
    presence.check_in(seat, by=coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        assert send_materials(timezone.now()) == 1

    assert "/agenda/gast/code-van-een-gast/" in mailoutbox[-1].body
    html = client.get("/agenda/gast/code-van-een-gast/").content.decode()
    assert "Een hand-out." in html


def test_whoever_was_not_there_is_not_asked():
    with time_machine.travel(timezone.now() - timedelta(days=5)):
        registering.register(event(in_days=1), by=UserFactory(roles=["professional"]))

    assert ask_for_evaluations(timezone.now()) == 0


def test_an_answer_is_kept_once_and_without_a_name(client, attended):
    address = f"/agenda/evaluatie/{attended.ticket}/3d/"
    assert client.post(address, {"useful": "9", "confidence": "4"}).status_code == 422
    assert (
        client.post(
            address, {"useful": "5", "confidence": "4", "text": "Bel 06 12345678"}
        ).status_code
        == 422
    )
    assert client.post(address, {"useful": "5", "confidence": "4"}).status_code == 302
    client.post(address, {"useful": "1", "confidence": "1"})

    assert Evaluation.objects.get().useful == 5
    assert {field.name for field in Evaluation._meta.fields} == {
        "id", "event", "moment", "useful", "confidence", "text",
    }  # fmt: skip
    assert client.get(f"/agenda/evaluatie/{attended.ticket}/9x/").status_code == 404
    assert client.get("/agenda/evaluatie/onzin/3d/").status_code == 404


def test_fewer_than_five_answers_stay_hidden(attended):
    one = attended.event
    for number in range(4):
        Evaluation.objects.create(event=one, moment="3d", useful=4, confidence=number + 1)
    assert all(row.get("is_hidden") for row in outcome(one))

    Evaluation.objects.create(event=one, moment="3d", useful=4, confidence=5)

    assert outcome(one)[1]["confidence"] == 3


def test_the_door_refuses_who_has_no_seat_and_the_ticket_of_another_day(client):
    day = event(capacity=1, location="Zaal")
    registering.register(day, by=UserFactory(roles=["professional"]))
    late = registering.register(day, by=UserFactory(roles=["professional"]))
    other = registering.register(event("Anders"), by=UserFactory(roles=["professional"]))
    sign_in(client, UserFactory(roles=["trainingscoordinator"]))

    for ticket in (late.ticket, other.ticket, "onzin", ""):
        assert (
            client.post(f"/werkplek/agenda/{day.pk}/deur/", {"ticket": ticket}).status_code == 422
        )
    assert not Registration.objects.filter(attended_at__isnull=False).exists()


def test_the_list_marks_who_is_there_and_takes_it_back(client, attended):
    sign_in(client, UserFactory(roles=["trainingscoordinator"]))
    address = f"/werkplek/agenda/{attended.event_id}/aanmelding/{attended.pk}/"
    client.post(address, {"deed": "absent"})
    attended.refresh_from_db()
    assert attended.attended_at is None
    client.post(address, {"deed": "there"})
    attended.refresh_from_db()
    assert attended.attended_at


def test_the_schedule_does_it_all(attended, capsys):
    with time_machine.travel(attended.event.ends_at + timedelta(days=8)):
        call_command("events_aftercare")

    assert "1 forgotten, 1 asked" in capsys.readouterr().out
