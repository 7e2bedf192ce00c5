"""The network of Lindekade: organisations, what is between them, and whom nobody spoke with."""

from dataclasses import dataclass, field
from datetime import time, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify

from network.directory.models import (
    ActionPoint,
    ContactFunction,
    Goal,
    KeyFigure,
    Language,
    Meeting,
    Member,
    OpeningHours,
    Organisation,
    Profile,
    Sector,
)
from network.directory.services.people import give_consent, save_profile
from network.directory.workflow import Channel, ConsentPhase, KeyFigureState, Purpose
from network.exchange.models import Group, Question
from network.exchange.services.files import share
from network.exchange.services.rules import accept_rules
from network.exchange.workflow import PostKind
from network.map.models import ContactMoment, NetworkLink, NetworkNode
from network.map.services.analysis import work_out
from network.map.workflow import NodeKind
from network.phenomena.models import MonthlyCount, Observation, Phenomenon
from network.phenomena.services.trends import months_before
from network.phenomena.workflow import ObservationState
from portal.accounts.models import User
from portal.pages.models import Theme
from portal.regions.models import Area, Municipality

SECTORS = {
    "jongerenwerk": "Jongerenwerk",
    "onderwijs": "Onderwijs",
    "zorg-en-welzijn": "Zorg en welzijn",
    "veiligheid": "Veiligheid",
    "gemeenschappen": "Gemeenschappen",
    "sport-en-cultuur": "Sport en cultuur",
    "overheid": "Overheid",
}


@dataclass(frozen=True)
class Card:
    """One organisation of the demo; ``days`` is how long ago somebody last spoke with it."""

    name: str
    kind: str
    place: str | None
    sectors: tuple[str, ...]
    summary: str
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("nl",)
    themes: tuple[str, ...] = ("samenwerken",)
    function: str = "Balie"
    always: bool = False
    days: int | None = 20
    old: bool = False


CARDS = [
    Card("Gemeente Demodam, team Veiligheid", "gemeente", "demodam", ("overheid", "veiligheid"), "Openbare orde, draaiboeken en het kernteam van Demodam.", function="Piket openbare orde", always=True, themes=("crisis", "samenwerken")),
    Card("Welzijn Demodam", "zorg", "demodam", ("zorg-en-welzijn",), "Maatschappelijk werk en buurtteams in heel Demodam.", languages=("nl", "ar", "tr"), themes=("preventie", "jeugd"), function="Wachtdienst buurtteams"),
    Card("Jongerenwerk De Kade", "jongerenwerk", "demodam", ("jongerenwerk",), "Straatwerk en een jongerencentrum in het Havenkwartier.", ("Havenkwartier", "Noorderbuurt"), ("nl", "ar", "ber", "pap"), ("jeugd", "preventie"), "Ambulant jongerenwerk"),
    Card("Haven College", "school", "demodam", ("onderwijs",), "School voor vmbo, havo en vwo.", ("Havenkwartier",), ("nl", "en"), ("jeugd",), "Zorgcoördinatie"),
    Card("Basisschool De Regenboog", "school", "demodam", ("onderwijs",), "Brede school met een ouderkamer.", ("Noorderbuurt",), ("nl", "tr"), ("jeugd",), "Intern begeleider", days=120),
    Card("Wijkpolitie Demodam", "veiligheid", "demodam", ("veiligheid",), "Wijkagenten van Demodam.", themes=("crisis",), function="Wijkagenten", always=True),
    Card("Stichting De Brug", "gemeenschap", "demodam", ("gemeenschappen",), "Brengt gemeenschappen met elkaar in gesprek.", languages=("nl", "ar", "ber"), themes=("gemeenschappen", "polarisatie"), function="Dialoogteam"),
    Card("Moskee Al Wasl (fictief)", "gebedshuis", "demodam", ("gemeenschappen",), "Gebedshuis met een jeugdprogramma en open dagen.", ("Noorderbuurt",), ("nl", "ar"), ("gemeenschappen",), "Bestuursbureau", days=95),
    Card("Kerk aan de Haven", "gebedshuis", "demodam", ("gemeenschappen",), "Kerk met een inloophuis voor de buurt.", ("Havenkwartier",), themes=("gemeenschappen",), function="Kerkelijk bureau", days=None, old=True),
    Card("Sportclub Havenboys", "sport", "demodam", ("sport-en-cultuur",), "Voetbal voor jong en oud.", ("Havenkwartier",), themes=("jeugd",), function="Verenigingssecretariaat"),
    Card("Buurtkamer Noord", "bewoners", "demodam", ("zorg-en-welzijn",), "Bewoners ontvangen bewoners: koffie, taal en hulp.", ("Noorderbuurt",), ("nl", "tr", "pl"), ("gemeenschappen",), "Buurtkamer"),
    Card("Bibliotheek Lindekade", "sport", None, ("sport-en-cultuur", "onderwijs"), "Bibliotheken in alle gemeenten, met lessen over nieuws en online.", languages=("nl", "en"), themes=("online",), function="Programma en educatie"),
    Card("Zorg- en Veiligheidshuis Lindekade", "overheid", None, ("veiligheid", "zorg-en-welzijn"), "Brengt zorg en veiligheid bij elkaar aan tafel.", themes=("samenwerken", "privacy"), function="Procesregie"),
    Card("GGD Lindekade", "overheid", None, ("zorg-en-welzijn",), "Gezondheid in de regio, ook na een schokkende gebeurtenis.", languages=("nl", "en", "uk"), themes=("crisis",), function="Dienst gezondheid en veiligheid", always=True),
    Card("Steunpunt Discriminatie Lindekade", "overheid", None, ("gemeenschappen",), "Helpt wie discriminatie meemaakt.", languages=("nl", "en", "ar"), themes=("polarisatie",), function="Klachtbehandeling"),
    Card("Gemeente Polderveen, team Samenleving", "gemeente", "polderveen", ("overheid",), "Zorg, jeugd en veiligheid in Polderveen.", themes=("samenwerken",), function="Beleid en regie"),
    Card("Welzijn Polderveen", "zorg", "polderveen", ("zorg-en-welzijn",), "Sociaal werk in het dorp en de polder.", themes=("preventie",), function="Sociaal werk"),
    Card("Jeugdhonk De Ringvaart", "jongerenwerk", "polderveen", ("jongerenwerk",), "Open inloop voor jongeren van 12 tot 23 jaar.", ("Ringvaart",), ("nl", "pl"), ("jeugd",), "Jongerenwerk"),
    Card("Dorpsschool Polderveen", "school", "polderveen", ("onderwijs",), "Basisschool in het dorp.", ("Dorp",), themes=("jeugd",), function="Directiebureau"),
    Card("Dorpsraad Oostpolder", "bewoners", "polderveen", ("gemeenschappen",), "Spreekbuis van de bewoners van de Oostpolder.", ("Oostpolder",), themes=("polarisatie",), function="Dorpsraad"),
    Card("Politie Polderveen", "veiligheid", "polderveen", ("veiligheid",), "Wijkagenten van Polderveen.", themes=("crisis",), function="Wijkagenten", always=True),
    Card("Gemeente Kadewoude", "gemeente", "kadewoude", ("overheid", "veiligheid"), "Team Samenleving en Veiligheid.", function="Beleid en regie"),
    Card("Jongerenwerk Kadewoude", "jongerenwerk", "kadewoude", ("jongerenwerk",), "Straatwerk en een jongerenkamer bij de Bosrand.", ("Bosrand",), ("nl", "ti"), ("jeugd",), "Ambulant jongerenwerk"),
    Card("Scholengemeenschap De Bosrand", "school", "kadewoude", ("onderwijs",), "School voor voortgezet onderwijs.", ("Bosrand",), themes=("jeugd",), function="Zorgteam"),
    Card("Kerken Kadewoude samen", "gebedshuis", "kadewoude", ("gemeenschappen",), "Overleg van drie kerken.", ("Kerkbuurt",), themes=("gemeenschappen",), function="Overlegsecretariaat"),
    Card("Zorgplein Kadewoude", "zorg", "kadewoude", ("zorg-en-welzijn",), "Huisartsen, wijkverpleging en maatschappelijk werk.", function="Balie zorgplein"),
    Card("Gemeente Oosterlinde", "gemeente", "oosterlinde", ("overheid", "veiligheid"), "Team Leefbaarheid en Veiligheid.", function="Leefbaarheid"),
    Card("Basisschool De Linde", "school", "oosterlinde", ("onderwijs",), "Basisschool met een taalklas.", ("Lindehof",), ("nl", "uk"), ("jeugd",), "Intern begeleider"),
    Card("Wijkhuis Stationsbuurt", "zorg", "oosterlinde", ("zorg-en-welzijn", "gemeenschappen"), "Ontmoeting, spreekuur en taalmaatjes.", ("Stationsbuurt",), ("nl", "so", "pl"), ("gemeenschappen",), "Beheer wijkhuis"),
]  # fmt: skip

OTHERS = [
    ("overleg", "Kernteam Demodam", "demodam", "Elke zes weken, en direct bij spanning."),
    ("overleg", "Overleg gemeenschappen Demodam", "demodam", "Vier keer per jaar."),
    ("overleg", "Regionaal netwerkoverleg Lindekade", None, "Twee keer per jaar."),
    ("functie", "Netwerkregie Demodam", "demodam", "Houdt het netwerk bij."),
    ("functie", "Leerplicht Lindekade", None, "Voor alle scholen in de regio."),
    ("plek", "Havenplein", "demodam", "Plein waar jongeren elkaar treffen."),
    ("plek", "Dorpshuis Polderveen", "polderveen", "Zalen voor verenigingen en buurt."),
]

LINKS = [
    ("Gemeente Demodam, team Veiligheid", "Kernteam Demodam", "deelname", "3", 40),
    ("Wijkpolitie Demodam", "Kernteam Demodam", "deelname", "3", 40),
    ("Welzijn Demodam", "Kernteam Demodam", "deelname", "2", 30),
    ("Jongerenwerk De Kade", "Kernteam Demodam", "deelname", "2", 14),
    ("Netwerkregie Demodam", "Kernteam Demodam", "deelname", "3", 24),
    ("Stichting De Brug", "Overleg gemeenschappen Demodam", "deelname", "3", 36),
    ("Moskee Al Wasl (fictief)", "Overleg gemeenschappen Demodam", "deelname", "2", 30),
    ("Netwerkregie Demodam", "Overleg gemeenschappen Demodam", "deelname", "3", 24),
    ("Jongerenwerk De Kade", "Havenplein", "gebruik", "3", 26),
    ("Wijkpolitie Demodam", "Havenplein", "gebruik", "2", 26),
    ("Jongerenwerk De Kade", "Haven College", "samenwerking", "3", 18),
    ("Haven College", "Leerplicht Lindekade", "doorverwijzing", "3", 48),
    ("Basisschool De Regenboog", "Leerplicht Lindekade", "doorverwijzing", "2", 48),
    ("Gemeente Demodam, team Veiligheid", "Welzijn Demodam", "subsidie", "3", 60),
    ("Gemeente Demodam, team Veiligheid", "Jongerenwerk De Kade", "subsidie", "3", 60),
    ("Gemeente Demodam, team Veiligheid", "Zorg- en Veiligheidshuis Lindekade", "samenwerking", "2", 50),
    ("Welzijn Demodam", "Buurtkamer Noord", "samenwerking", "2", 12),
    ("Sportclub Havenboys", "Jongerenwerk De Kade", "samenwerking", "1", 9),
    ("Zorg- en Veiligheidshuis Lindekade", "Regionaal netwerkoverleg Lindekade", "deelname", "3", 44),
    ("GGD Lindekade", "Regionaal netwerkoverleg Lindekade", "deelname", "2", 44),
    ("Bibliotheek Lindekade", "Regionaal netwerkoverleg Lindekade", "deelname", "1", 10),
    ("Steunpunt Discriminatie Lindekade", "Stichting De Brug", "samenwerking", "2", 20),
    ("Gemeente Polderveen, team Samenleving", "Regionaal netwerkoverleg Lindekade", "deelname", "3", 44),
    ("Gemeente Kadewoude", "Regionaal netwerkoverleg Lindekade", "deelname", "2", 44),
    ("Gemeente Oosterlinde", "Regionaal netwerkoverleg Lindekade", "deelname", "1", 8),
    ("Gemeente Polderveen, team Samenleving", "Welzijn Polderveen", "subsidie", "3", 60),
    ("Welzijn Polderveen", "Jeugdhonk De Ringvaart", "samenwerking", "3", 22),
    ("Welzijn Polderveen", "Dorpshuis Polderveen", "gebruik", "2", 22),
    ("Dorpsraad Oostpolder", "Dorpshuis Polderveen", "gebruik", "2", 15),
    ("Politie Polderveen", "Gemeente Polderveen, team Samenleving", "overleg", "2", 33),
    ("Dorpsschool Polderveen", "Leerplicht Lindekade", "doorverwijzing", "1", 40),
    ("Gemeente Kadewoude", "Jongerenwerk Kadewoude", "subsidie", "2", 28),
    ("Jongerenwerk Kadewoude", "Scholengemeenschap De Bosrand", "samenwerking", "2", 16),
    ("Gemeente Kadewoude", "Kerken Kadewoude samen", "overleg", "1", 11),
    ("Gemeente Oosterlinde", "Wijkhuis Stationsbuurt", "subsidie", "2", 7),
    ("Wijkhuis Stationsbuurt", "Basisschool De Linde", "samenwerking", "1", 5),
]  # fmt: skip


@dataclass
class Made:
    """What was made, by name."""

    cards: dict[str, Organisation] = field(default_factory=dict)
    nodes: dict[str, NetworkNode] = field(default_factory=dict)


def make_network(places: dict[str, Municipality], themes: dict[str, Theme]) -> Made:
    """Cards, the map, contacts and a few people; a second time it makes nothing."""
    made = Made()
    if Organisation.objects.exists():
        return made
    sectors = {
        slug: Sector.objects.get_or_create(slug=slug, defaults={"name": name, "sort_order": order})[
            0
        ]
        for order, (slug, name) in enumerate(SECTORS.items())
    }
    languages = {one.code: one for one in Language.objects.all()}
    coordinator = User.objects.get(email__startswith="netwerkregisseur@")
    institution = User.objects.get(email__startswith="instelling@")
    for number, card in enumerate(CARDS, start=10):
        made.cards[card.name] = make_card(card, number, places, themes, sectors, languages)
    made.cards["Stichting De Brug"].keepers.add(institution)
    make_contacts(made, coordinator)
    make_map(made, places, coordinator)
    make_people(made, themes)
    make_key_figures(made, places, coordinator)
    make_questions(places, themes)
    make_phenomena(places, coordinator)
    work_out()
    return made


def make_card(
    card: Card,
    number: int,
    places: dict[str, Municipality],
    themes: dict[str, Theme],
    sectors: dict[str, Sector],
    languages: dict[str, Language],
) -> Organisation:
    """One card with office hours and a function to call."""
    now = timezone.now()
    place = places[card.place] if card.place else None
    slug = slugify(card.name)
    made = Organisation(
        name=card.name,
        slug=slug,
        kind=card.kind,
        summary=card.summary,
        municipality=place,
        phone=f"088 000 {number} 00",
        email=f"info@{slug[:30].strip('-')}.example",
        is_fictional=True,
        confirmed_at=now - timedelta(days=400 if card.old else 30),
    )
    made.save()
    made.sectors.set(sectors[one] for one in card.sectors)
    made.themes.set(themes[one] for one in card.themes)
    made.languages.set(languages[one] for one in card.languages)
    made.areas.set(Area.objects.filter(municipality=place, name__in=card.areas))
    OpeningHours.objects.bulk_create(
        OpeningHours(organisation=made, weekday=day, opens=time(9), closes=time(17))
        for day in "01234"
    )
    ContactFunction.objects.create(
        organisation=made,
        function=card.function,
        phone=f"088 000 {number} 10",
        is_always_open=card.always,
    )
    return made


def make_contacts(made: Made, coordinator: User) -> None:
    """When somebody last spoke with each; with three nobody did for 90 days."""
    today = timezone.localdate()
    ContactMoment.objects.bulk_create(
        ContactMoment(
            organisation=made.cards[card.name],
            on=today - timedelta(days=card.days),
            subject="Hoe loopt de samenwerking?",
            follow_up="Over drie maanden weer spreken." if card.days < 90 else "",
            by=coordinator,
        )
        for card in CARDS
        if card.days is not None
    )


def make_map(made: Made, places: dict[str, Municipality], coordinator: User) -> None:
    """Consultations, functions and places, and the links."""
    for node in NetworkNode.objects.select_related("organisation"):
        made.nodes[node.title] = node
    for kind, name, place, summary in OTHERS:
        made.nodes[name] = NetworkNode.objects.create(
            kind=NodeKind(kind),
            name=name,
            summary=summary,
            municipality=places[place] if place else None,
            entered_by=coordinator,
        )
    today = timezone.localdate()
    NetworkLink.objects.bulk_create(
        NetworkLink(
            source=made.nodes[source],
            target=made.nodes[target],
            kind=kind,
            strength=strength,
            since=today - timedelta(days=30 * months),
            origin="Gesprek met de organisatie (fictief)",
            entered_by=coordinator,
        )
        for source, target, kind, strength, months in LINKS
    )


def make_people(made: Made, themes: dict[str, Theme]) -> None:
    """A few who want to be found; one of them allows a number."""
    wanted = [
        ("professional@", "Wijkcoach jeugd", "Welzijn Demodam", "Gezinnen en school.", "jeugd"),
        ("netwerkregisseur@", "Netwerkregisseur", "Gemeente Demodam, team Veiligheid", "Wie er in Demodam werkt.", "samenwerken"),
        ("professional.polderveen@", "Sociaal werker", "Welzijn Polderveen", "Dorp en polder.", "preventie"),
        ("ambassadeur@", "Ambassadeur strategisch netwerk", "Stichting De Brug", "Dialoog tussen groepen.", "gemeenschappen"),
    ]  # fmt: skip
    for address, function, organisation, about, theme in wanted:
        person = User.objects.get(email__startswith=address)
        profile: Profile = save_profile(
            {
                "function": function,
                "organisation": made.cards[organisation],
                "about": about,
                "availability": "Op werkdagen",
                "themes": [themes[theme]],
            },
            is_listed=True,
            details={"telefoon": "088 000 00 99", "mobiel": "", "email": person.email},
            by=person,
        )
        if address.startswith("netwerkregisseur"):
            for detail in profile.details.all():
                give_consent(
                    detail,
                    purpose=Purpose.COLLEAGUES,
                    channel=Channel.SCREEN,
                    phase=ConsentPhase.ALWAYS,
                    by=person,
                )


def make_key_figures(made: Made, places: dict[str, Municipality], coordinator: User) -> None:
    """One key figure who is active, and the strategic network with a term that ends soon."""
    today = timezone.localdate()
    person = User.objects.get(email__startswith="sleutelfiguur@")
    figure = KeyFigure.objects.create(
        user=person,
        municipality=places["demodam"],
        state=KeyFigureState.ACTIVE,
        availability="Avonden en zaterdag",
        official=coordinator,
        reference_on=today - timedelta(days=420),
        reference_is_good=True,
        agreement="Rolafspraak sleutelfiguren 2025 (fictief)",
        agreed_on=today - timedelta(days=400),
        allowance="Reiskosten",
        declared_on=today - timedelta(days=400),
        trained_until=today + timedelta(days=200),
    )
    figure.languages.set(Language.objects.filter(code__in=["nl", "ar", "ber"]))
    figure.areas.set(Area.objects.filter(municipality=places["demodam"], name="Noorderbuurt"))
    figure.deployments.create(
        activity="Gespreksavond in Buurtkamer Noord", on=today + timedelta(days=10), by=coordinator
    )
    for number, name in enumerate(
        ["Stichting De Brug", "Haven College", "Welzijn Polderveen", "GGD Lindekade"]
    ):
        Member.objects.create(
            organisation=made.cards[name],
            since=today - timedelta(days=600),
            until=today + timedelta(days=60 + 200 * number),
        )
    Goal.objects.create(year=today.year, text="In elke gemeente een lid uit het jongerenwerk")
    Goal.objects.create(year=today.year, text="Twee gespreksavonden over online boodschappen")
    meeting = Meeting.objects.create(
        on=today - timedelta(days=30), agenda="Jaarplan\nWie ontbreekt er nog?"
    )
    ActionPoint.objects.create(
        meeting=meeting,
        organisation=made.cards["Welzijn Polderveen"],
        text="Jongerenwerk in Oosterlinde verkennen",
        due_on=today + timedelta(days=21),
        by=coordinator,
    )


def make_questions(places: dict[str, Municipality], themes: dict[str, Theme]) -> None:
    """A few questions; one with an answer that helped, one in a closed group."""
    people = {
        name: User.objects.get(email__startswith=f"{name}@")
        for name in ("professional", "netwerkregisseur", "ambassadeur", "professional.polderveen")
    }
    question = Question.objects.create(
        by=people["professional.polderveen"],
        title="Wie heeft een les over nieuws en nepnieuws voor groep 8?",
        text="Wij zoeken een les van een uur, met werkvormen. Liefst ook iets voor ouders.",
        theme=themes["online"],
    )
    question.answers.create(
        by=people["ambassadeur"],
        text="De bibliotheek heeft een les met een quiz. U kunt hem gratis lenen.",
        is_accepted=True,
    )
    Question.objects.create(
        by=people["professional"],
        title="Hoe bereidt u ouders voor op een gesprek over een spannend onderwerp?",
        text="Na de herfstvakantie beginnen wij met ouderavonden. Wat werkt bij u?",
        theme=themes["polarisatie"],
    )
    group = Group.objects.create(
        name="Kernteam Demodam",
        slug="kernteam-demodam",
        summary="Voorbereiding en evaluatie van het draaiboek.",
        is_closed=True,
        municipality=places["demodam"],
    )
    group.members.set([people["netwerkregisseur"], people["professional"]])
    question = Question.objects.create(
        by=people["netwerkregisseur"],
        group=group,
        title="Wanneer oefenen wij het draaiboek weer?",
        text="Ik stel januari voor. Welke week past u?",
        theme=themes["crisis"],
    )
    accept_rules(by=people["netwerkregisseur"])
    agenda = "Agenda van de oefening (fictief)\n\n1. Start\n2. Wie belt wie\n3. Terugkijken\n"
    share(
        ContentFile(agenda.encode(), name="agenda-oefening.txt"),
        question,
        by=people["netwerkregisseur"],
    )
    parents = Group.objects.create(
        name="Ouders en school", slug="ouders-en-school", summary="Wat werkt bij ouderavonden."
    )
    parents.members.set([people["ambassadeur"]])
    Question.objects.create(
        by=people["ambassadeur"],
        group=parents,
        kind=PostKind.DISCUSSION,
        title="Hoe ging uw laatste ouderavond?",
        text="Vertel wat goed ging en wat u anders zou doen.",
    )


def make_phenomena(places: dict[str, Municipality], coordinator: User) -> None:
    """Two notes with half a year of counts, and an observation that waits."""
    today = timezone.localdate()
    notes = [
        (
            "Filmpjes over wie er voorrang krijgt",
            "Korte filmpjes zeggen dat één groep alles krijgt. Jongeren sturen ze door.",
            "Wij weten niet wie ze maakt, en of ze meer worden gezien dan vorig jaar.",
            "Praat over eerlijk verdelen. Leg uit hoe een filmpje wordt gekozen voor u.",
            {"demodam": (8, 9, 12, 11, 14, 16), "polderveen": (6, 5, 0, 7, 6, 8)},
        ),
        (
            "Oproepen om niet naar school te gaan",
            "In open kanalen gaan oproepen rond rond een gevoelige dag.",
            "Wij weten niet of scholen er iets van merken.",
            "Bel de zorgcoördinatie en spreek één boodschap af.",
            {"demodam": (0, 0, 3, 6, 9, 7), "kadewoude": (0, 0, 0, 2, 5, 5)},
        ),
    ]
    for name, summary, unknown, advice, counts in notes:
        note = Phenomenon.objects.create(
            name=name,
            slug=slugify(name),
            summary=summary,
            unknown=unknown,
            advice=advice,
            expires_on=today + timedelta(days=75),
            by=coordinator,
        )
        for slug, numbers in counts.items():
            for month, number in zip(months_before(today), numbers, strict=True):
                MonthlyCount.objects.create(
                    phenomenon=note, month=month, municipality=places[slug], number=number
                )
    Observation.objects.create(
        by=User.objects.get(email__startswith="online-ambassadeur@"),
        state=ObservationState.SUBMITTED,
        platform="korte-video",
        seen_from=today - timedelta(days=6),
        seen_until=today - timedelta(days=2),
        description="Filmpjes die zeggen dat nieuwe bewoners voorgaan bij een woning.",
        effect="In de buurtkamer wordt er boos over gepraat.",
        reach="redelijk",
        municipality=places["demodam"],
        advice="duiding",
        submitted_at=timezone.now() - timedelta(days=1),
    )
