"""Events as calendars read them (RFC 5545), in the time of Amsterdam.

Whoever needs it imports it when it is needed: reading and writing calendars takes memory.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import (
    Calendar,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vRecur,
    vText,
)
from icalendar import Event as Entry

from network.events.models import Event, Registration
from network.events.workflow import Place, State

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def feed(events: Iterable[Event], *, name: str) -> bytes:
    """A calendar to subscribe to."""
    calendar = empty(name)
    for event in events:
        calendar.add_component(entry(event))
    return bytes(calendar.to_ical())


def invitation(registration: Registration) -> bytes:
    """One event for one person, as a request or as its cancellation (RFC 5546)."""
    event = registration.event
    is_off = event.state == State.CANCELLED or registration.state == Place.CANCELLED
    calendar = empty(event.title)
    calendar.add("method", "CANCEL" if is_off else "REQUEST")
    one = entry(event, with_online=not is_off)
    if is_off:
        one["status"] = vText("CANCELLED")
    person = vCalAddress(f"MAILTO:{registration.email}")
    person.params["partstat"] = vText("DECLINED" if is_off else "ACCEPTED")
    person.params["cn"] = vText(registration.called)
    one.add("attendee", person)
    calendar.add_component(one)
    return bytes(calendar.to_ical())


def empty(name: str) -> Calendar:
    """A calendar without events."""
    calendar = Calendar()
    calendar.add("prodid", "-//Vredeportaal//Agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add_component(zone())
    return calendar


def zone() -> Timezone:
    """The clock of Amsterdam as the law of the European Union has it since 1996.

    By rule: the library would list the days of every change, an hour late in spring, and some
    readers stop at the first of them. Its moments are local ones (RFC 5545, 3.6.5).
    """
    zone = Timezone()
    zone.add("tzid", AMSTERDAM.key)
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    for part, name, begins, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), winter, summer),  # noqa: DTZ001
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), summer, winter),  # noqa: DTZ001
    ):
        part.add("tzname", name)
        part.add("dtstart", begins)
        part.add("rrule", vRecur({"freq": "YEARLY", "bymonth": begins.month, "byday": "-1SU"}))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def entry(event: Event, *, with_online: bool = False) -> Entry:
    """One event; the address of an online meeting is only for who registered."""
    one = Entry()
    one.add("uid", f"{event.uid}@vredeportaal")
    one.add("dtstamp", event.changed_at)
    one.add("last-modified", event.changed_at)
    one.add("sequence", event.sequence)
    one.add("summary", event.title)
    one.add("dtstart", event.starts_at.astimezone(AMSTERDAM))
    one.add("dtend", event.ends_at.astimezone(AMSTERDAM))
    one.add("status", "CANCELLED" if event.state == State.CANCELLED else "CONFIRMED")
    one.add("url", settings.PORTAL_URL + event.get_absolute_url())
    organiser = vCalAddress(f"MAILTO:{settings.DEFAULT_FROM_EMAIL}")
    organiser.params["cn"] = vText(settings.PORTAL_NAME)
    one.add("organizer", organiser)
    if event.summary:
        one.add("description", event.summary)
    place = event.location
    if with_online and event.online_url:
        place = f"{place} / {event.online_url}" if place else event.online_url
    if place:
        one.add("location", place)
    if event.repeats and event.repeat_until:
        last = datetime.combine(event.repeat_until, time(23, 59, 59), AMSTERDAM)
        rule = {"freq": event.repeats.upper(), "until": last.astimezone(ZoneInfo("UTC"))}
        if event.repeats == Event.Repeats.MONTHLY:
            rule["bymonthday"] = timezone.localtime(event.starts_at).day
        one.add("rrule", vRecur(rule))
    return one
