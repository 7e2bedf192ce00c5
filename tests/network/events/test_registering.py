"""Seats are given once, in order, and come free for who waits longest."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.events.models import Event, Registration
from network.events.services import planning, registering
from network.events.workflow import Place
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.events import event, session
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db


def people(number):
    return [UserFactory(roles=["professional"]) for _one in range(number)]


def states(of):
    return [row.state for row in of.registrations.order_by("number")]


def test_who_comes_too_late_waits_and_gets_the_first_seat_that_comes_free():
    full = event(capacity=2, location="Zaal")
    first, _second, third, fourth = [registering.register(full, by=one) for one in people(4)]
    assert states(full) == ["seated", "seated", "waiting", "waiting"]

    registering.sign_off(first, by=first.user)

    assert states(full) == ["cancelled", "seated", "seated", "waiting"]
    third.refresh_from_db()
    assert third.promoted_at
    assert fourth.number == 4


def test_a_waiting_person_who_signs_off_gives_nobody_a_seat():
    full = event(capacity=1, location="Zaal")
    _first, second, _third = [registering.register(full, by=one) for one in people(3)]

    registering.sign_off(second, by=second.user)

    assert states(full) == ["seated", "cancelled", "waiting"]


def test_registering_twice_is_registering_once():
    noor = UserFactory(roles=["professional"])
    one = event()
    registering.register(one, by=noor)
    registering.register(one, needs="Een tolk", by=noor)

    assert Registration.objects.get().needs == "Een tolk"


def test_the_database_holds_one_place_per_person():
    noor = UserFactory(roles=["professional"])
    one = event()
    registering.register(one, by=noor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(event=one, user=noor, number=9, state=Place.WAITING)


def test_whoever_joins_online_takes_no_seat_in_the_room():
    both = event(capacity=1, location="Zaal", online_url="https://overleg.example/")
    online, here, late = people(3)
    registering.register(both, is_online=True, by=online)
    registering.register(both, by=here)
    assert registering.register(both, by=late).state == Place.WAITING

    registering.register(both, is_online=True, by=here)

    assert states(both) == ["seated", "seated", "seated"]


def test_more_seats_let_the_waiting_in():
    coordinator = UserFactory(roles=["trainingscoordinator"])
    full = event(capacity=1, location="Zaal")
    for one in people(4):
        registering.register(full, by=one)
    full.refresh_from_db()
    full.capacity = 3

    planning.save_event(full, by=coordinator)

    assert states(full) == ["seated", "seated", "seated", "waiting"]


def test_a_full_session_is_refused_and_nothing_is_stored(client):
    day = event(session_choices=1)
    full = session(day, "Vol", capacity=1)
    first, second = people(2)
    registering.register(day, sessions=[full], by=first)
    sign_in(client, second)

    response = client.post(f"/agenda/{day.slug}/aanmelden/", {"sessions": [full.pk]})

    assert response.status_code == 422
    assert "is vol" in response.content.decode()
    assert day.registrations.count() == 1


def test_nobody_chooses_more_sessions_than_there_are_rounds(client):
    day = event(session_choices=1)
    choices = [session(day, name).pk for name in ("Een", "Twee")]
    sign_in(client, people(1)[0])

    assert client.post(f"/agenda/{day.slug}/aanmelden/", {"sessions": choices}).status_code == 422


def test_an_event_that_began_or_was_cancelled_takes_nobody():
    noor = people(1)[0]
    for one in (event("Begonnen", in_days=-1), event("Af", state="cancelled")):
        with pytest.raises(registering.Closed):
            registering.register(one, by=noor)
    closed = event("Dicht", closes_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(registering.Closed):
        registering.register(closed, by=noor)


def test_somebody_without_a_role_in_the_network_cannot_come_to_its_events(client):
    inside = event("Binnen", audience=Event.Audience.NETWORK)
    for role in ("archivaris", "technisch-beheerder"):
        outsider = UserFactory(roles=[role])
        sign_in(client, outsider)
        assert client.get(f"/agenda/{inside.slug}/").status_code == 404
        assert client.post(f"/agenda/{inside.slug}/aanmelden/").status_code == 404
        with pytest.raises(PermissionDenied):
            registering.register(inside, by=outsider)
    client.logout()
    assert client.get(f"/agenda/{inside.slug}/").status_code == 404
    assert inside.title not in client.get("/agenda/").content.decode()


def test_a_stranger_cannot_sign_somebody_off(client):
    one = event()
    noor, stranger = people(2)
    registration = registering.register(one, by=noor)

    with pytest.raises(PermissionDenied):
        registering.sign_off(registration, by=stranger)
    sign_in(client, stranger)
    assert client.post(f"/agenda/{one.slug}/afmelden/").status_code == 404
    assert client.get(f"/agenda/kaartje/{registration.ticket}/").status_code == 404


def test_a_planner_of_another_municipality_cannot_see_who_comes(client):
    demodam = MunicipalityFactory()
    elsewhere = MunicipalityFactory(name="Elders", slug="elders")
    one = event(municipality=demodam)
    planner = UserFactory(roles=["netwerkregisseur"], roles__at=elsewhere)
    sign_in(client, planner)

    assert client.get(f"/werkplek/agenda/{one.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        planning.save_event(one, by=planner)


def test_a_letter_with_the_calendar_entry_goes_out(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    one = event()
    noor = UserFactory(roles=["professional"], name="Noor")
    sign_in(client, noor)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/agenda/{one.slug}/aanmelden/", {"needs": "Een tolk"}, follow=True)

    assert "U bent aangemeld" in response.content.decode()
    letter = mailoutbox[0]
    assert letter.to == [noor.email]
    assert "Een tolk" not in letter.body
    name, content, kind = letter.attachments[0]
    assert (name, kind) == ("afspraak.ics", "text/calendar")
    assert "METHOD:REQUEST" in content


def test_a_change_and_a_cancellation_are_told_to_everybody(
    mailoutbox, django_capture_on_commit_callbacks
):
    coordinator = UserFactory(roles=["trainingscoordinator"])
    one = event(capacity=1, location="Zaal")
    for person in people(2):
        registering.register(one, by=person)
    one.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        one.location = "Andere zaal"
        planning.save_event(one, by=coordinator)
    assert len(mailoutbox) == 2 and one.sequence == 1

    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        one.summary = "Iets anders"
        planning.save_event(one, by=coordinator)
    assert mailoutbox == []

    with django_capture_on_commit_callbacks(execute=True):
        planning.cancel(one, reason="Ziekte", by=coordinator)
    assert len(mailoutbox) == 2
    assert "Ziekte" in mailoutbox[0].body
    assert "METHOD:CANCEL" in mailoutbox[0].attachments[0][1]
    with pytest.raises(planning.WrongStep):
        planning.cancel(one, reason="Nog eens", by=coordinator)


def test_a_draft_is_seen_by_its_planners_alone(client):
    draft = event("Concept", state="draft")
    sign_in(client, people(1)[0])
    assert client.get(f"/agenda/{draft.slug}/").status_code == 404
    assert client.get("/werkplek/agenda/").status_code == 403

    sign_in(client, UserFactory(roles=["trainingscoordinator"]))
    assert client.get(f"/agenda/{draft.slug}/").status_code == 200
    client.post(f"/werkplek/agenda/{draft.pk}/publiceren/")
    draft.refresh_from_db()
    assert draft.state == "published"


def test_an_event_is_made_with_what_goes_together(client):
    sign_in(client, UserFactory(roles=["trainingscoordinator"]))
    good = {
        "title": "Nieuwe dag", "kind": "training", "audience": "netwerk",
        "starts_at": "2027-01-14T09:30", "ends_at": "2027-01-14T16:30",
        "session_choices": "0", "needs_registration": "on", "repeats": "",
    }  # fmt: skip
    wrong = [
        {"ends_at": "2027-01-14T08:00"},
        {"repeats": "weekly"},
        {"audience": "leden"},
        {"kind": "bestaat-niet"},
        {"capacity": "0"},
        {"title": ""},
    ]
    for change in wrong:
        assert client.post("/werkplek/agenda/nieuw/", {**good, **change}).status_code == 422, change
    assert not Event.objects.exists()

    assert client.post("/werkplek/agenda/nieuw/", good).status_code == 302
    made = Event.objects.get()
    assert (made.slug, timezone.localtime(made.starts_at).hour) == ("nieuwe-dag", 9)


@pytest.mark.parametrize("number", [3, 12])
def test_the_list_of_who_comes_costs_the_same_for_few_and_many(
    client, number, django_assert_num_queries
):
    day = event(session_choices=1)
    one = session(day)
    for person in people(number):
        registering.register(day, sessions=[one], by=person)
    sign_in(client, UserFactory(roles=["trainingscoordinator"]))
    client.get("/werkplek/agenda/")
    with django_assert_num_queries(16):
        client.get(f"/werkplek/agenda/{day.pk}/")


@pytest.mark.parametrize("number", [2, 15])
def test_the_agenda_costs_the_same_for_few_and_many(client, number, django_assert_num_queries):
    for place in range(number):
        event(f"Dag {place}", municipality=MunicipalityFactory())
    client.get("/agenda/")
    with django_assert_num_queries(6):
        client.get("/agenda/")
