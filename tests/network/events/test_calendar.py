"""What we send to calendars, read by somebody else's parser."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import vobject
from icalendar import Calendar

from network.events.models import Event
from network.events.services import registering
from network.events.services.calendar import feed, invitation
from network.events.services.feeds import feed_token, user_of_feed
from network.events.workflow import State
from portal.pages.page_cache import current_generation
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.events import event

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def weekly(**fields):
    """Mondays at ten, over the end of summer time on 25 October 2026."""
    return event(
        "Spreekuur",
        starts_at=datetime(2026, 10, 12, 10, 0, tzinfo=AMSTERDAM),
        ends_at=datetime(2026, 10, 12, 11, 30, tzinfo=AMSTERDAM),
        repeats="weekly",
        repeat_until=date(2026, 11, 9),
        needs_registration=False,
        **fields,
    )


def found_in(raw, start, end):
    found = recurring_ical_events.of(Calendar.from_ical(raw)).between(start, end)
    return sorted(one["DTSTART"].dt for one in found)


def test_a_weekly_hour_stays_at_ten_across_the_clock_change():
    hours = found_in(feed([weekly()], name="Agenda"), (2026, 10, 1), (2026, 12, 1))

    assert [one.date() for one in hours] == [
        date(2026, 10, 12), date(2026, 10, 19), date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9),
    ]  # fmt: skip
    assert {one.astimezone(AMSTERDAM).hour for one in hours} == {10}
    assert {one.astimezone(ZoneInfo("UTC")).hour for one in hours} == {8, 9}


def test_a_library_that_we_do_not_write_with_reads_the_same_hours():
    (one,) = vobject.readOne(feed([weekly()], name="Agenda").decode()).vevent_list

    hours = [moment.astimezone(ZoneInfo("UTC")).hour for moment in one.getrruleset(addRDate=True)]

    assert hours == [8, 8, 9, 9, 9]
    assert one.summary.value == "Spreekuur"
    assert one.dtend.value - one.dtstart.value == timedelta(minutes=90)


def test_our_own_list_and_the_feed_say_the_same_moments():
    one = weekly()

    assert list(one.beginnings()) == found_in(feed([one], name="A"), (2026, 10, 1), (2026, 12, 1))


@pytest.mark.parametrize(("day", "until"), [(31, date(2027, 5, 1)), (15, date(2027, 4, 15))])
def test_a_monthly_event_skips_a_month_without_its_day(day, until):
    one = event(
        "Maand",
        starts_at=datetime(2026, 8, day, 19, 0, tzinfo=AMSTERDAM),
        ends_at=datetime(2026, 8, day, 21, 0, tzinfo=AMSTERDAM),
        repeats="monthly",
        repeat_until=until,
        needs_registration=False,
    )

    ours = list(one.beginnings())

    assert ours == found_in(feed([one], name="A"), (2026, 8, 1), (2027, 6, 1))
    assert {moment.day for moment in ours} == {day}


def test_the_feed_names_its_zone_and_folds_its_lines(client):
    event(
        "Een bijeenkomst met een heel lange naam die langer is dan vijfenzeventig tekens, met komma's; en meer",
        slug="lang",
    )
    response = client.get("/agenda/agenda.ics")

    raw = response.content
    assert response["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VTIMEZONE" in raw and b"TZID=Europe/Amsterdam" in raw
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.endswith(b"END:VCALENDAR\r\n")
    one = Calendar.from_ical(raw).walk("VEVENT")[0]
    assert "komma's; en meer" in one["SUMMARY"]


def test_an_invitation_is_a_request_and_later_the_same_entry_is_taken_back():
    noor = UserFactory(roles=["professional"], name="Noor Jansen")
    one = event(location="Zaal", online_url="https://overleg.example/kamer")
    registration = registering.register(one, by=noor)

    asked = Calendar.from_ical(invitation(registration))
    entry = asked.walk("VEVENT")[0]
    assert asked["METHOD"] == "REQUEST"
    assert str(entry["ATTENDEE"]) == f"MAILTO:{noor.email}"
    assert "overleg.example" in entry["LOCATION"]

    registering.sign_off(registration, by=noor)
    registration.refresh_from_db()
    back = Calendar.from_ical(invitation(registration))
    gone = back.walk("VEVENT")[0]
    assert (back["METHOD"], gone["STATUS"]) == ("CANCEL", "CANCELLED")
    assert gone["UID"] == entry["UID"]


def test_the_public_feed_says_no_address_of_an_online_meeting(client):
    event(online_url="https://overleg.example/kamer")

    assert b"overleg.example" not in client.get("/agenda/agenda.ics").content


def test_a_personal_feed_shows_what_its_owner_may_see_until_the_password_changes(client):
    inside = event("Binnen", audience=Event.Audience.NETWORK)
    noor = UserFactory(roles=["professional"])
    token = feed_token(noor)
    address = f"/agenda/agenda.ics?sleutel={token}"
    assert inside.title.encode() in client.get(address).content
    assert inside.title.encode() not in client.get("/agenda/agenda.ics").content

    noor.set_password("een-ander-lang-wachtwoord")
    noor.save()

    assert user_of_feed(token) is None
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "token", ["x", "x.y", "00000000-0000-0000-0000-000000000000.y", "é.é", "." * 500]
)
def test_a_made_up_token_opens_nothing(client, token):
    assert client.get("/agenda/agenda.ics", {"sleutel": token}).status_code == 404


def test_a_role_that_ended_is_gone_from_the_feed(client):
    inside = event("Binnen", audience=Event.Audience.NETWORK)
    noor = UserFactory(roles=["professional"])
    token = feed_token(noor)
    noor.memberships.update(valid_from=date(2020, 1, 1), valid_until=date(2020, 1, 2))

    assert inside.title.encode() not in client.get(f"/agenda/agenda.ics?sleutel={token}").content


def test_the_agenda_filters_by_kind_place_and_past(client):
    event("Training", kind="training", slug="t")
    event("Overleg", kind="bijeenkomst", slug="o")
    event("Oud", in_days=-30, slug="oud")

    html = client.get("/agenda/?soort=training").content.decode()
    assert "/agenda/t/" in html and "/agenda/o/" not in html
    html = client.get("/agenda/?wanneer=voorbij").content.decode()
    assert "/agenda/oud/" in html and "/agenda/t/" not in html
    assert client.get("/agenda/?soort=bestaat-niet").status_code == 200


def test_what_repeats_stays_in_the_agenda_until_its_last_time(client):
    one = event(
        "Elke week", in_days=-21, repeats="weekly", needs_registration=False,
        repeat_until=date.today() + timedelta(days=30), slug="week",
    )  # fmt: skip

    assert "/agenda/week/" in client.get("/agenda/").content.decode()
    assert not one.is_over


def test_a_ticket_shows_a_code_that_a_planner_scans(client):
    noor = UserFactory(roles=["professional"], name="Noor Jansen")
    registration = registering.register(event(), by=noor)
    sign_in(client, noor)
    html = client.get(f"/agenda/kaartje/{registration.ticket}/").content.decode()
    assert "<svg" in html and registration.ticket in html
    scan = f"/werkplek/agenda/kaartje/{registration.ticket}/"
    assert client.post(scan).status_code == 403
    registration.refresh_from_db()
    assert registration.attended_at is None

    sign_in(client, UserFactory(roles=["trainingscoordinator"]))
    client.post(scan)

    registration.refresh_from_db()
    assert registration.attended_at


def test_a_cancelled_event_leaves_the_kept_feed_at_once():
    one = event()
    before = current_generation()

    one.state = State.CANCELLED
    one.save()

    assert current_generation() > before
