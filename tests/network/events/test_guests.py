"""Without an account: an address, a letter, a place, and then nothing is left."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.events.models import Event, Guest, Registration
from network.events.services import guests, presence, registering
from network.events.services.aftercare import ask_for_evaluations, forget_guests
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.events import event, session

pytestmark = pytest.mark.django_db
MAIL = "Guest@Example.org"


@pytest.fixture
def evening():
    return event("Bewonersavond", admits_guests=True, capacity=2, location="Buurthuis")


@pytest.fixture
def ask(client, mailoutbox, django_capture_on_commit_callbacks):
    """Ask for a letter as a browser does; gives the path that it holds."""

    def asked(of, email=MAIL):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(f"/agenda/{of.slug}/gast/", {"email": email})
        assert response.status_code == 303
        return re.search(r"/agenda/gast/[\w-]+/", mailoutbox[-1].body)[0]

    return asked


def guest(of, email=MAIL, **fields):
    """A guest with a place, without the letters."""
    made = Guest.objects.create(event=of, email=email.lower(), **fields)
    return registering.confirm(made)


def test_an_address_has_a_place_only_after_its_letter_was_opened_and_confirmed(
    client, evening, ask, mailoutbox
):
    path = ask(evening)
    assert mailoutbox[0].to == [MAIL.lower()]
    assert client.get(path).status_code == 200
    assert not Registration.objects.exists()

    html = client.post(path, {"needs": "Een tolk"}, follow=True).content.decode()

    registration = Registration.objects.get()
    assert (registration.state, registration.needs) == ("seated", "Een tolk")
    assert "U bent aangemeld" in html and registration.ticket in html and "<svg" in html


def test_no_cookie_is_set_and_no_search_engine_keeps_the_page(client, evening, ask):
    path = ask(evening)

    response = client.post(path, {})

    assert client.get(path)["X-Robots-Tag"] == "noindex"
    assert not response.cookies and not client.cookies


def test_asking_tells_nobody_who_registered_before(client, evening, ask, mailoutbox):
    first = client.post(f"/agenda/{evening.slug}/gast/", {"email": "a@example.org"})
    guest(evening, "b@example.org")
    second = client.post(f"/agenda/{evening.slug}/gast/", {"email": "b@example.org"})

    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert client.get(first.url).content == client.get(second.url).content


def test_the_same_address_gets_one_letter_in_ten_minutes(evening, ask, mailoutbox):
    paths = {ask(evening), ask(evening, MAIL.upper())}
    assert len(mailoutbox) == 1 and len(paths) == 1

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        paths.add(ask(evening))

    assert len(mailoutbox) == 2 and len(paths) == 1
    assert Guest.objects.count() == 1


def test_whoever_asks_for_too_many_letters_is_refused_kindly(client, evening, monkeypatch):
    monkeypatch.setattr(guests, "EACH_EVENT_AN_HOUR", 2)
    statuses = [
        client.post(f"/agenda/{evening.slug}/gast/", {"email": f"{n}@example.org"}).status_code
        for n in range(3)
    ]

    assert statuses == [303, 303, 429]
    assert Guest.objects.count() == 2


def test_guests_and_accounts_wait_in_one_line(evening):
    first = guest(evening, "a@example.org")
    registering.register(evening, by=UserFactory(roles=["professional"]))
    late = guest(evening, "b@example.org")
    assert (first.state, late.state) == ("seated", "waiting")

    registering.leave(first.guest)

    late.refresh_from_db()
    assert late.state == "seated" and late.promoted_at


def test_confirming_twice_is_confirming_once(client, evening, ask):
    path = ask(evening)
    client.post(path, {})
    client.post(path, {"needs": "Iets anders"})

    assert Registration.objects.get().number == 1
    made = Guest.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(event=evening, guest=made, number=9, state="waiting")


def test_the_database_holds_a_place_of_an_account_or_of_a_guest(evening):
    made = Guest.objects.create(event=evening, email="a@example.org")
    for who in ({}, {"user": UserFactory(), "guest": made}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Registration.objects.create(event=evening, number=9, state="seated", **who)


def test_a_guest_signs_off_and_may_come_back(client, evening, ask):
    path = ask(evening)
    client.post(path, {})
    html = client.post(path, {"deed": "off"}, follow=True).content.decode()
    assert "U bent afgemeld" in html

    client.post(path, {})

    assert [row.state for row in Registration.objects.order_by("number")] == ["cancelled", "seated"]


def test_letters_to_a_guest_say_hello_without_a_name_and_lead_to_the_ticket(
    client, evening, ask, mailoutbox, django_capture_on_commit_callbacks
):
    path = ask(evening)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(path, {})

    letter = mailoutbox[0]
    assert letter.to == [MAIL.lower()]
    assert letter.body.startswith("Hallo,") and path in letter.body
    assert f"MAILTO:{MAIL.lower()}" in letter.attachments[0][1].replace("\r\n ", "")


def test_only_an_event_for_everybody_that_says_so_takes_guests(client):
    closed = event("Dicht")
    over = event("Voorbij", in_days=-1, admits_guests=True)
    off = event("Af", state="cancelled", admits_guests=True)

    assert client.get(f"/agenda/{closed.slug}/gast/").status_code == 404
    for one in (over, off):
        answer = client.post(f"/agenda/{one.slug}/gast/", {"email": MAIL})
        assert answer.status_code == 409
        with pytest.raises(registering.Closed):
            guests.ask(one, email=MAIL)
    with pytest.raises(IntegrityError), transaction.atomic():
        event("Netwerk", audience=Event.Audience.NETWORK, admits_guests=True)
    assert not Guest.objects.exists()


def test_a_letter_that_lay_for_a_day_opens_nothing(client, evening, ask):
    path = ask(evening)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.get(path).status_code == 404
        assert client.post(path, {}).status_code == 404

    assert not Registration.objects.exists()


def test_a_guest_who_is_too_late_is_told_so(client, evening, ask):
    path = ask(evening)
    Event.objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    assert client.post(path, {}).status_code == 409
    assert not Registration.objects.exists()


def test_a_full_session_is_told_to_a_guest_and_nothing_is_stored(client, ask):
    day = event("Dag", admits_guests=True, session_choices=1)
    full = session(day, "Vol", capacity=1)
    registering.register(day, sessions=[full], by=UserFactory(roles=["professional"]))
    path = ask(day)

    response = client.post(path, {"sessions": [full.pk]})

    assert response.status_code == 422 and "is vol" in response.content.decode()
    assert Registration.objects.count() == 1


def test_nobody_without_an_account_may_sign_a_guest_off(evening):
    from django.contrib.auth.models import AnonymousUser

    registration = guest(evening)

    with pytest.raises(PermissionDenied):
        registering.sign_off(registration, by=AnonymousUser())


def test_the_planner_sees_a_number_and_checks_it_in(client, evening):
    registration = guest(evening)
    sign_in(client, UserFactory(roles=["trainingscoordinator"]))
    html = client.get(f"/werkplek/agenda/{evening.pk}/").content.decode()
    assert "Gast 1" in html and MAIL.lower() not in html

    client.post(f"/werkplek/agenda/{evening.pk}/deur/", {"ticket": registration.ticket})

    registration.refresh_from_db()
    assert registration.attended_at


@pytest.mark.parametrize("number", [2, 12])
def test_the_list_of_who_comes_costs_the_same_with_guests(
    client, number, django_assert_num_queries
):
    day = event("Dag", admits_guests=True)
    for place in range(number):
        guest(day, f"{place}@example.org")
    sign_in(client, UserFactory(roles=["trainingscoordinator"]))
    client.get("/werkplek/agenda/")
    with django_assert_num_queries(16):
        client.get(f"/werkplek/agenda/{day.pk}/")


def test_a_guest_is_asked_what_it_was_worth_after_three_days(
    evening, mailoutbox, django_capture_on_commit_callbacks
):
    registration = guest(evening)
    presence.check_in(registration, by=UserFactory(roles=["trainingscoordinator"]))
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_for_evaluations(evening.ends_at + timedelta(days=3.1)) == 1

    assert mailoutbox[0].to == [MAIL.lower()] and "/3d/" in mailoutbox[0].body


def test_a_week_after_the_event_nothing_of_a_guest_is_left(evening):
    guest(evening)
    kept = registering.register(evening, by=UserFactory(roles=["professional"]))
    assert forget_guests(evening.ends_at + timedelta(days=6, hours=23)) == 0

    assert forget_guests(evening.ends_at + timedelta(days=7, minutes=1)) == 1

    assert not Guest.objects.exists()
    assert [row.pk for row in Registration.objects.all()] == [kept.pk]


def test_an_unopened_letter_and_a_guest_who_signed_off_are_gone_after_a_day(evening):
    now = timezone.now()
    Guest.objects.create(event=evening, email="nooit@example.org")
    off = guest(evening, "af@example.org")
    registering.leave(off.guest)
    back = guest(evening, "terug@example.org")
    registering.leave(back.guest)
    registering.confirm(back.guest)
    assert forget_guests(now + timedelta(hours=23)) == 0

    assert forget_guests(now + timedelta(hours=25)) == 2

    assert [one.email for one in Guest.objects.all()] == ["terug@example.org"]


def test_the_schedule_forgets_guests(evening, capsys):
    guest(evening)
    with time_machine.travel(evening.ends_at + timedelta(days=8)):
        call_command("events_aftercare")

    assert "1 forgotten" in capsys.readouterr().out
    assert not Guest.objects.exists()


def test_a_planner_opens_an_event_to_guests_only_when_it_is_for_everybody(client):
    sign_in(client, UserFactory(roles=["trainingscoordinator"]))
    form = {
        "title": "Avond", "kind": "voor-inwoners", "audience": "netwerk", "session_choices": "0",
        "starts_at": "2027-01-14T19:30", "ends_at": "2027-01-14T21:30", "repeats": "",
        "needs_registration": "on", "admits_guests": "on",
    }  # fmt: skip
    assert client.post("/werkplek/agenda/nieuw/", form).status_code == 422

    client.post("/werkplek/agenda/nieuw/", {**form, "audience": "iedereen"})

    assert Event.objects.get().admits_guests
