"""The demo's agenda: the terugkomdag of 600 seats, other meetings, and a dialogue with its record."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from home.demo.people import DOMAIN
from network.events.models import (
    Agreement,
    Attendance,
    Event,
    Minutes,
    Proposal,
    Registration,
    Series,
    SeriesMember,
    Session,
)
from network.events.workflow import Place, State
from portal.accounts.models import User
from portal.regions.models import Municipality

SESSIONS = [
    ("Feit en tegenspraak", "Oefen met uw eigen situatie, zonder namen.", "Zaal 1", 200),
    ("Het gesprek dat u liever uitstelt", "Met acteurs.", "Zaal 2", 120),
    ("Online geruchten", "Wat doet een verhaal in de wijk, en wat doet u?", "Zaal 3", 160),
    ("Samen wegen", "Een nagespeelde weegtafel, voor beginners.", "Zaal 4", 120),
]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on a day, here."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def make_agenda(places: dict[str, Municipality]) -> int:
    """Every event of the demo; returns how many."""
    today = timezone.localdate()
    terugkomdag(max(date(2027, 1, 14), today + timedelta(days=30)))
    meetings(today, places)
    dialogue(today, places)
    return Event.objects.count()


def person(account: str) -> User:
    """A demo account."""
    return User.objects.get(email=f"{account}@{DOMAIN}")


def terugkomdag(day: date) -> None:
    """Six hundred seats and four sessions, two of which somebody chooses (domain.md 6.3)."""
    event = Event.objects.create(
        title="Terugkomdag Lindekade",
        slug="terugkomdag-lindekade",
        kind=Event.Kind.RETURN_DAY,
        audience=Event.Audience.NETWORK,
        state=State.PUBLISHED,
        summary="600 plaatsen, vier werksessies, nieuwe ontwikkelingen en oefenen met eigen "
        "casuïstiek.",
        text="'s Ochtends hoort u wat er dit jaar veranderde in wetten en werkwijzen. 's Middags "
        "volgt u twee werksessies. De dag is verzonnen, net als de regio.",
        starts_at=at(day, 9, 30),
        ends_at=at(day, 16, 30),
        location="Theater De Lindeboom, Lindeplein 1, Demodam (verzonnen)",
        capacity=600,
        session_choices=2,
    )
    for place, (title, text, room, seats) in enumerate(SESSIONS):
        Session.objects.create(
            event=event,
            title=title,
            text=text,
            room=room,
            capacity=seats,
            starts_at=at(day, 13 if place < 2 else 15),
        )
    for account in ("professional", "professional.polderveen", "sleutelfiguur"):
        seat(event, person(account))


def seat(event: Event, user: User, state: str = Place.SEATED) -> Registration:
    """A registration as the portal would make it."""
    registration = Registration.objects.create(
        event=event, user=user, number=event.next_number, state=state, confidence=3
    )
    event.next_number += 1
    event.save(update_fields=["next_number"])
    if event.session_choices:
        registration.sessions.set(event.sessions.all()[: event.session_choices])
    return registration


def meetings(today: date, places: dict[str, Municipality]) -> None:
    """For residents, for the network, every week, hybrid, full, and past."""
    evening = Event.objects.create(
        title="Bewonersavond: samen wonen in de Noorderbuurt",
        slug="bewonersavond-noorderbuurt",
        kind=Event.Kind.PUBLIC,
        audience=Event.Audience.EVERYBODY,
        state=State.PUBLISHED,
        summary="Praat mee over wat u prettig vindt in de buurt, en wat beter kan.",
        starts_at=at(today + timedelta(days=12), 19, 30),
        ends_at=at(today + timedelta(days=12), 21, 30),
        location="Buurthuis De Noorderling, Demodam (verzonnen)",
        municipality=places["demodam"],
        capacity=80,
        admits_guests=True,
    )
    seat(evening, person("instelling"))
    Event.objects.create(
        title="Spreekuur netwerkregisseur",
        slug="spreekuur-netwerkregisseur",
        audience=Event.Audience.NETWORK,
        state=State.PUBLISHED,
        summary="Loop binnen met een vraag. Aanmelden hoeft niet.",
        starts_at=at(today + timedelta(days=7 - today.weekday()), 10),
        ends_at=at(today + timedelta(days=7 - today.weekday()), 11, 30),
        repeats=Event.Repeats.WEEKLY,
        repeat_until=today + timedelta(days=180),
        needs_registration=False,
        location="Stadhuis Demodam, kamer 2.14 (verzonnen)",
        municipality=places["demodam"],
    )
    full = Event.objects.create(
        title="Oefenen met het gesprek",
        slug="oefenen-met-het-gesprek",
        kind=Event.Kind.TRAINING,
        audience=Event.Audience.NETWORK,
        state=State.PUBLISHED,
        summary="Een middag met acteurs, in een kleine groep. Ook online te volgen.",
        starts_at=at(today + timedelta(days=20), 13),
        ends_at=at(today + timedelta(days=20), 16),
        location="Gemeentehuis Polderveen (verzonnen)",
        online_url="https://overleg.lindekade.example/gesprek",
        capacity=2,
    )
    for place, account in enumerate(("professional", "ambassadeur", "sleutelfiguur", "expert")):
        seat(full, person(account), Place.SEATED if place < 2 else Place.WAITING)
    Event.objects.create(
        title="Netwerkmiddag: terugblik op het jaar",
        slug="netwerkmiddag-terugblik",
        audience=Event.Audience.NETWORK,
        state=State.PUBLISHED,
        summary="Wat leerden wij dit jaar van elkaar?",
        starts_at=at(today - timedelta(days=40), 13),
        ends_at=at(today - timedelta(days=40), 17),
        location="Bibliotheek Oosterlinde (verzonnen)",
        materials="De dia's: https://portaal.lindekade.example/documenten/terugblik",
    )


def dialogue(today: date, places: dict[str, Municipality]) -> None:
    """Talks with the boards of mosques, with minutes that both sides approved."""
    series = Series.objects.create(
        title="Overleg met moskeebesturen Demodam",
        kind=Series.Kind.OFFICIAL,
        partners="Stichting De Brug, Stichting Licht (verzonnen)",
        municipality=places["demodam"],
        every_months=3,
    )
    ours, theirs = person("netwerkregisseur"), person("instelling")
    for user, side, function in (
        (ours, "gemeente", "Netwerkregisseur"),
        (person("oov-medewerker"), "gemeente", "Adviseur openbare orde en veiligheid"),
        (theirs, "gemeenschap", "Bestuur Stichting De Brug"),
    ):
        SeriesMember.objects.create(series=series, user=user, side=side, function=function)
    held = talk(series, "Overleg najaar", "overleg-najaar", today - timedelta(days=35))
    coming = talk(series, "Overleg winter", "overleg-winter", today + timedelta(days=50))
    for side, text in (
        ("gemeenschap", "Veiligheid rond het gebedshuis tijdens de ramadan"),
        ("gemeente", "Een open dag voor de buurt"),
    ):
        Proposal.objects.create(event=coming, side=side, text=text, proposed_by=None)
    for side, organisation, function in (
        ("gemeente", "Gemeente Demodam", "Netwerkregisseur"),
        ("gemeente", "Politie (verzonnen)", "Wijkagent"),
        ("gemeenschap", "Stichting De Brug", "Bestuur"),
    ):
        Attendance.objects.create(
            event=held, side=side, organisation=organisation, function=function
        )
    Minutes.objects.create(
        event=held,
        text="Beide kanten bespraken de verlichting bij het gebedshuis en de bereikbaarheid van de "
        "gemeente in het weekend. Er is waardering voor de snelle reactie na de vernieling.",
        by_municipality=ours,
        by_community=theirs,
        approved_at=at(today - timedelta(days=20), 12),
    )
    Agreement.objects.create(
        event=held,
        side="gemeente",
        text="De gemeente plaatst extra verlichting bij de ingang.",
        due_on=today + timedelta(days=5),
    )
    Agreement.objects.create(
        event=held,
        side="gemeenschap",
        text="Het bestuur geeft een vast telefoonnummer door.",
        due_on=today - timedelta(days=10),
        done_on=today - timedelta(days=14),
    )


def talk(series: Series, title: str, slug: str, day: date) -> Event:
    """One talk of the series."""
    return Event.objects.create(
        title=title,
        slug=slug,
        kind=Event.Kind.DIALOGUE,
        audience=Event.Audience.MEMBERS,
        state=State.PUBLISHED,
        series=series,
        municipality=series.municipality,
        starts_at=at(day, 10),
        ends_at=at(day, 11, 30),
        location="Stadhuis Demodam (verzonnen)",
        needs_registration=False,
    )
