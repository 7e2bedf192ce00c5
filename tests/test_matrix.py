"""Every role of domain.md 5.2 at every kind of address: who gets in, and who does not."""

from itertools import product

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, resolve
from django.utils import timezone

from home.demo.network import make_network
from home.demo.people import DOMAIN, make_people
from home.demo.region import make_region, make_themes
from home.demo.tree import make_sections
from knowledge.training.services import enrolling, importing
from meldpunt.reports.models import IndexBlob, SealedPart
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import assignment
from network import urls as network_urls
from network import urls_werkplek as werkplek_urls
from network.directory.models import (
    Deployment,
    Goal,
    Import,
    KeyFigure,
    Meeting,
    Member,
    Merge,
    Organisation,
    Sector,
)
from network.events.services import registering
from network.exchange.models import Flag, Group, Question
from network.exchange.services.files import share
from network.exchange.services.rules import accept_rules
from network.map.models import NetworkLink, NetworkNode, WhiteSpotAction
from network.phenomena.models import Observation, Phenomenon
from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.accounts.services import end_role
from portal.figures.models import Figure
from portal.figures.months import last_months
from portal.pages.services import set_up_editorial
from portal.regions.models import Municipality
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.events import event, session
from tests.factories.knowledge import article, module, runbook
from tests.factories.meldpunt import (
    ROOT,
    browser,
    open_desk,
    report,
    staff,
    third_holder,
    work_on,
)
from tests.factories.regions import MunicipalityFactory
from tests.factories.training import course, lesson, module_with_test
from tests.meldpunt.reports.test_guests import Desk, guest_of, guest_typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault_secrets")]

# A row for each row of domain.md 5.2, in its order; "+" gets in, "-" does not.
#   closed     an article of the network (Z1)        L, E or W
#   draaiboek  a draaiboek                           L, W, A, or the public part
#   training   a module                              L, E, W or A; not the totals (T)
#   beheer     the editor                            who writes, approves text, or keeps settings
#   art / dr / mod   editing an article, a draaiboek, a module      W, A(text), W(content)
#   mensen     people and roles                      W, L, or inviting
#   logboek    the audit trail                       L or M
#   kluis      reports                               W
#   files      settings for files of reporters       W (looks) or S (changes)
#   gedeeld    what a meldpunt shares for a meeting  C, and within G and R
#   totalen    how many reports came in              T
#   cijfers    published figures                     L, T, W or A; not the published part (P)
# "opt." of a participant in weighing is off. The FG reads of a report what two people share.
MATRIX = """
                       closed draaiboek training beheer art dr mod mensen logboek kluis files gedeeld totalen cijfers
anoniem                -      -         -        -      -   -  -   -      -       -      -     -       -       -
instelling             -      -         -        -      -   -  -   -      -       -      -     -       -       -
professional           +      +         +        -      -   -  -   -      -       -      -     -       -       -
sleutelfiguur          +      +         +        -      -   -  -   -      -       -      -     -       -       -
ambassadeur            +      +         +        -      -   -  -   -      -       -      -     -       -       -
online-ambassadeur     +      -         +        -      -   -  -   -      -       -      -     -       -       -
trainingscoordinator   +      -         +        +      -   -  +   -      -       -      -     -       -       +
netwerkregisseur       +      +         -        +      -   +  -   +      -       -      -     -       -       +
redacteur              +      +         +        +      +   +  +   -      -       -      -     -       -       +
eindredacteur          +      +         +        +      +   +  +   -      -       -      -     -       -       +
meldpuntmedewerker     +      +         +        -      -   -  -   -      -       +      +     -       -       +
casusregisseur         +      +         +        -      -   -  -   -      -       -      -     +       -       +
deelnemer-weging       -      -         -        -      -   -  -   -      -       -      -     +       -       -
expert                 +      +         +        -      -   -  -   -      -       -      -     +       -       +
oov-medewerker         +      +         +        +      -   +  -   -      -       -      -     -       -       +
subsidiebeoordelaar    -      -         -        -      -   -  -   -      -       -      -     -       -       +
portefeuillehouder     +      +         +        -      -   -  -   -      -       -      -     -       +       +
regiobeheerder         +      +         -        +      -   +  -   +      -       -      -     -       +       +
fg                     +      +         -        -      -   -  -   +      +       -      -     +       -       +
archivaris             -      -         -        -      -   -  -   -      -       -      -     -       -       +
functioneel-beheerder  +      -         +        +      -   -  -   +      -       -      +     -       -       -
technisch-beheerder    -      -         -        -      -   -  -   -      +       -      -     -       -       -
"""
HEAD, *ROWS = [line.split() for line in MATRIX.strip().splitlines()]
CASES = [
    (row[0], place, mark == "+") for row in ROWS for place, mark in zip(HEAD, row[1:], strict=True)
]


@pytest.fixture(scope="module")
def lindekade(django_db_setup, django_db_blocker):
    """The demo's places, people and sections, with a page of each kind; name to address."""
    with django_db_blocker.unblock(), transaction.atomic():
        ContentType.objects.clear_cache()
        places = make_region()
        call_command("sync_roles", verbosity=0)
        make_people(places)
        sections = make_sections()
        set_up_editorial(home=sections.home)
        pages = {
            "open": article("Voor iedereen", below=sections.library),
            "closed": article("Voor het netwerk", below=sections.network),
            "draaiboek": runbook(),
            "training": module(),
        }
        pages["course"] = course("Cursus")
        pages["lesson"] = lesson(module_with_test("In de cursus", below=pages["course"]), "Les")
        (month,) = last_months(timezone.localdate(), 1)
        Figure.objects.create(code="vragen", month=month, number=8)
        yield {
            **{name: page.url for name, page in pages.items()},
            "beheer": "/beheer/",
            "art": f"/beheer/pages/{pages['open'].pk}/edit/",
            "dr": f"/beheer/pages/{pages['draaiboek'].pk}/edit/",
            "mod": f"/beheer/pages/{pages['training'].pk}/edit/",
            "mensen": "/werkplek/mensen/",
            "logboek": "/werkplek/logboek/",
            "kluis": "/werkplek/meldingen/kluis/",
            "files": "/werkplek/meldingen/bestanden/",
            "gedeeld": "/werkplek/meldingen/casusoverleg/",
            "totalen": "/werkplek/meldingen/totalen/",
            "cijfers": "/werkplek/cijfers/vragen/",
            "werkplek": "/werkplek/",
        }
        transaction.set_rollback(True)


def enter(client, role):
    """Sign in as the demo account of the role; a visitor without account stays one."""
    if role == "anoniem":
        return None
    user = User.objects.get(email=f"{role}@{DOMAIN}")
    sign_in(client, user)
    return user


def gets_in(client, address):
    """Whether the address answers; a refusal is a 403, a 404, or a way to another page."""
    response = client.get(address)
    if response.streaming:
        response.getvalue()  # a file is read to its end, so that it is closed
    assert response.status_code in (200, 302, 403, 404), address
    way = response.headers.get("Location", "")
    assert "/account/2fa/" not in way
    assert response.status_code != 302 or way.startswith(("/account/", "/beheer/"))
    return response.status_code == 200


def test_the_table_has_a_row_for_every_role():
    assert [row[0] for row in ROWS] == ["anoniem", *ROLES]


@pytest.mark.parametrize(("role", "place", "may"), CASES)
def test_a_role_opens_what_the_matrix_gives_it_and_nothing_else(
    lindekade, client, role, place, may
):
    enter(client, role)

    assert gets_in(client, lindekade[place]) == may


@pytest.mark.parametrize(
    ("role", "may"), [(role, may) for role, place, may in CASES if place == "training"]
)
def test_courses_and_lessons_open_for_whom_modules_do(lindekade, client, role, may):
    enter(client, role)

    assert [gets_in(client, lindekade[name]) for name in ("course", "lesson")] == [may, may]


@pytest.mark.parametrize("role", [row[0] for row in ROWS])
def test_everybody_reads_what_is_public(lindekade, client, role):
    enter(client, role)

    assert gets_in(client, lindekade["open"])


@pytest.mark.parametrize("role", [row[0] for row in ROWS])
def test_the_werkplek_opens_for_every_account_and_for_nobody_else(lindekade, client, role):
    enter(client, role)

    assert gets_in(client, lindekade["werkplek"]) == (role != "anoniem")


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("professional", "closed"),
        ("professional", "draaiboek"),
        ("redacteur", "beheer"),
        ("redacteur", "art"),
        ("oov-medewerker", "dr"),
        ("trainingscoordinator", "mod"),
        ("netwerkregisseur", "mensen"),
        ("fg", "logboek"),
        ("meldpuntmedewerker", "kluis"),
    ],
)
def test_a_role_that_ends_closes_its_doors_in_the_middle_of_a_web_session(
    lindekade, client, role, place
):
    user = enter(client, role)
    assert gets_in(client, lindekade[place])

    manager = User.objects.get(email=f"functioneel-beheerder@{DOMAIN}")
    end_role(user.memberships.get(), by=manager)

    assert not gets_in(client, lindekade[place])


# Every kind of address of training and the agenda, for every role.
#   leren      my training, a test and where I work            training E or more
#   register   who follows what, files, asking people          the coordinator alone (domain.md 1.3)
#   dekking    totals                                          the coordinator, and T with a screen
#   agenda     an event of the network                         events L
#   plannen    making events, the door, who comes              events W
#   eigen      my registrations, series, own export            every account
TRAINING = """
                       leren register dekking agenda plannen eigen
anoniem                -     -        -       -      -       -
instelling             -     -        -       +      -       +
professional           +     -        -       +      -       +
sleutelfiguur          +     -        -       +      -       +
ambassadeur            +     -        -       +      -       +
online-ambassadeur     +     -        -       +      -       +
trainingscoordinator   +     +        +       +      +       +
netwerkregisseur       -     -        +       +      +       +
redacteur              +     -        -       +      +       +
eindredacteur          +     -        -       +      +       +
meldpuntmedewerker     -     -        -       +      -       +
casusregisseur         -     -        -       +      -       +
deelnemer-weging       -     -        -       -      -       +
expert                 -     -        -       +      -       +
oov-medewerker         -     -        -       +      -       +
subsidiebeoordelaar    -     -        -       -      -       +
portefeuillehouder     -     -        -       +      -       +
regiobeheerder         -     -        +       +      +       +
fg                     -     -        -       +      -       +
archivaris             -     -        -       -      -       +
functioneel-beheerder  -     -        -       +      -       +
technisch-beheerder    -     -        -       -      -       +
"""
T_HEAD, *T_ROWS = [line.split() for line in TRAINING.strip().splitlines()]
T_CASES = [
    (row[0], place, mark == "+")
    for row in T_ROWS
    for place, mark in zip(T_HEAD, row[1:], strict=True)
]


@pytest.fixture(scope="module")
def courses(lindekade, django_db_blocker):
    """A module with a test, an event of the network and one for everybody; group to addresses."""
    with django_db_blocker.unblock(), transaction.atomic():
        page = module_with_test("Met een toets")
        planner = User.objects.get(email=f"trainingscoordinator@{DOMAIN}")
        run = importing.read(b"e-mailadres;module;datum\n", name="x", by=planner)
        inside = event("Binnen", audience="netwerk", kind="terugkomdag")
        part = session(inside)
        seat = registering.register(inside, by=planner)
        event("Buiten", admits_guests=True)
        desk, plan = "/werkplek/training/", f"/werkplek/agenda/{inside.pk}/"
        yield {
            "leren": [
                *("/training/mijn/", "/training/mijn/werk/", f"/training/{page.slug}/toets/"),
                enrolling.link_for(page).removeprefix(settings.PORTAL_URL),
            ],
            "register": [
                *(desk, f"{desk}register.csv", f"{desk}codeboek.csv", f"{desk}aanmelden/"),
                *(f"{desk}inlezen/", f"{desk}inlezen/{run.pk}/", f"{desk}terugkomdag/"),
                *(f"{desk}bijeenkomsten/", f"{desk}bijeenkomsten/{inside.pk}/"),
                f"{desk}terugkomdag/{inside.pk}/",
            ],
            "dekking": [f"{desk}dekking/", f"{desk}teams/", f"{desk}teams.csv"],
            "agenda": [
                *("/agenda/binnen/", "/agenda/binnen/afspraak.ics", "/agenda/binnen/aanmelden/"),
            ],
            "plannen": [
                *("/werkplek/agenda/", "/werkplek/agenda/nieuw/", plan, f"{plan}wijzigen/"),
                *(f"{plan}afgelasten/", f"{plan}deur/", f"{plan}sessie/"),
                *(f"{plan}sessie/{part.pk}/", f"/werkplek/agenda/kaartje/{seat.ticket}/"),
            ],
            "eigen": [
                *("/agenda/mijn/", "/agenda/overleg/", "/training/mijn/gegevens/"),
                "/training/mijn/wissen/",
            ],
            "open": [
                *("/agenda/", "/agenda/agenda.ics", "/agenda/buiten/", "/agenda/buiten/gast/"),
                *("/agenda/buiten/gast/verstuurd/", "/agenda/buiten/afspraak.ics"),
                *("/training/certificaat/", "/training/uitgever/"),
                "/training/uitgever/sleutels.json",
            ],
        }
        transaction.set_rollback(True)


def test_the_table_of_training_has_a_row_for_every_role():
    assert [row[0] for row in T_ROWS] == ["anoniem", *ROLES]


@pytest.mark.parametrize(("role", "place", "may"), T_CASES)
def test_training_and_the_agenda_open_for_whom_the_table_says(courses, client, role, place, may):
    enter(client, role)

    wrong = [address for address in courses[place] if gets_in(client, address) != may]

    assert wrong == []


@pytest.mark.parametrize("role", [row[0] for row in T_ROWS])
def test_what_is_open_of_training_and_the_agenda_is_open_for_everybody(courses, client, role):
    enter(client, role)

    assert [address for address in courses["open"] if not gets_in(client, address)] == []


def test_every_address_of_training_and_the_agenda_stands_in_the_table(courses):
    named = {resolve(address).view_name for addresses in courses.values() for address in addresses}
    rooms = ("training", "training_werkplek", "events", "events_werkplek")
    every = {
        f"{room}:{name}"
        for room in rooms
        for name in get_resolver().namespace_dict[room][1].reverse_dict
        if isinstance(name, str)
    }
    elsewhere = {
        # of one person, or of a posted form: tests/knowledge/training and tests/network/events
        *("training:exercise", "training:finish", "training:result", "training:certificate"),
        *("training:pdf", "training:badge", "training:achievement", "training_werkplek:invite"),
        "training:read",
        *("events:ticket", "events:evaluate", "events:sign_off", "events:guest", "events:series"),
        *("events:new_series", "events:add_member", "events:talk", "events:approve"),
        *("events:keep", "events:write", "events_werkplek:publish", "events_werkplek:mark"),
    }
    assert every - named == elsewhere


# The network, by what domain.md 5.2 says of its rows. The landing page is for everybody.
#   gids      the directory            network L, or map L
#   kring     people and questions     network L
#   vragen    asking                   network E
#   kaart     the map                  map L
#   trend     phenomena                observations L, T or O
#   waarnemen describing them          observations O
#   nazien    reviewing them           observations W
#   regie     keeping the network      network W
#   tellen    key figures in totals    key figures L or T
#   figuur    one key figure           key figures L
#   inzet     asking key figures       key figures W
#   regels    writing the house rules  network L and public A
NETWORK = """
                       gids kring vragen kaart trend waarnemen nazien regie tellen figuur inzet regels
anoniem                -    -     -      -     -     -         -      -     -      -      -      -
instelling             -    -     -      -     -     -         -      -     -      -      -      -
professional           +    +     +      +     -     -         -      -     -      -      -      -
sleutelfiguur          +    +     +      +     -     -         -      -     -      -      -      -
ambassadeur            +    +     +      +     -     -         -      -     -      -      -      -
online-ambassadeur     +    +     +      -     +     +         -      -     -      -      -      -
trainingscoordinator   +    +     -      -     -     -         -      -     -      -      -      -
netwerkregisseur       +    +     +      +     +     -         +      +     +      +      +      -
redacteur              +    +     -      -     -     -         -      -     -      -      -      -
eindredacteur          +    +     -      -     -     -         -      -     -      -      -      +
meldpuntmedewerker     +    +     -      +     +     -         -      -     -      -      -      -
casusregisseur         +    +     -      +     -     -         -      -     -      -      -      -
deelnemer-weging       -    -     -      -     -     -         -      -     -      -      -      -
expert                 +    +     -      +     +     -         -      -     -      -      -      -
oov-medewerker         +    +     -      +     +     -         -      -     -      -      -      -
subsidiebeoordelaar    +    -     -      +     -     -         -      -     -      -      -      -
portefeuillehouder     +    +     -      +     +     -         -      -     +      -      -      -
regiobeheerder         +    +     +      +     +     -         -      +     +      -      -      -
fg                     +    +     -      +     +     -         -      -     +      +      -      -
archivaris             -    -     -      -     -     -         -      -     -      -      -      -
functioneel-beheerder  +    +     -      +     -     -         -      -     -      -      -      -
technisch-beheerder    -    -     -      -     -     -         -      -     -      -      -      -
"""
NETWORK_HEAD, *NETWORK_ROWS = [line.split() for line in NETWORK.strip().splitlines()]
DIRECTORY, ROOM, DESK = "/netwerk/organisaties/", "/netwerk/", "/werkplek/netwerk/"
CARD = "welzijn-demodam"
DOORS = {
    "gids": [
        DIRECTORY,
        f"{DIRECTORY}lijst.csv",
        f"{DIRECTORY}wie-bellen/",
        f"{DIRECTORY}mijn-bellijst/",
        f"{DIRECTORY}{CARD}/",
        f"{DIRECTORY}{CARD}/kaart.vcf",
    ],
    "kring": [
        f"{ROOM}mensen/",
        f"{ROOM}mensen/mijn-profiel/",
        f"{ROOM}mensen/sleutelfiguur/",
        ROOM + "mensen/{person}/",
        f"{ROOM}vragen/",
        f"{ROOM}vragen/overzicht/",
        f"{ROOM}vragen/huisregels/",
        f"{ROOM}vragen/groepen/",
        ROOM + "vragen/groepen/{group}/",
        ROOM + "vragen/groepen/{group}/bestanden/",
        ROOM + "vragen/bestand/{file}/",
        ROOM + "vragen/{question}/",
    ],
    "vragen": [f"{ROOM}vragen/stellen/", ROOM + "vragen/{grouped}/bestand/"],
    "kaart": [
        f"{ROOM}kaart/",
        f"{ROOM}kaart/netwerk.graphml",
        f"{ROOM}kaart/netwerk.png",
        f"{ROOM}kaart/netwerk.csv",
        f"{ROOM}kaart/dekking/",
        ROOM + "kaart/{node}/",
    ],
    "trend": [f"{ROOM}fenomenen/", ROOM + "fenomenen/{phenomenon}/"],
    "waarnemen": [f"{ROOM}fenomenen/mijn/", f"{ROOM}fenomenen/beschrijven/"],
    "nazien": [
        f"{DESK}fenomenen/",
        f"{DESK}fenomenen/notitie/",
        DESK + "fenomenen/notitie/{phenomenon}/",
        DESK + "fenomenen/{observation}/",
    ],
    "regie": [
        DESK,
        f"{DIRECTORY}{CARD}/wijzigen/",
        ROOM + "kaart/{node}/verbinden/",
        f"{DESK}bevestigen/",
        f"{DESK}organisatie-toevoegen/",
        f"{DESK}importeren/",
        f"{DESK}contact/",
        f"{DESK}contact/{CARD}/",
        f"{DESK}kaart/toevoegen/",
        DESK + "kaart/{meeting}/wijzigen/",
        f"{DESK}witte-vlek/",
        f"{DESK}strategisch/",
        f"{DESK}strategisch/doel/",
        f"{DESK}moderatie/",
        DESK + "moderatie/vraag/{question}/",
        DESK + "moderatie/antwoord/{answer}/",
        f"{DESK}groepen/beginnen/",
        DESK + "groepen/{group}/wijzigen/",
        DESK + "strategisch/vergadering/{held}/wijzigen/",
        DESK + "strategisch/lid/{member}/verlengen/",
        DESK + "moderatie/bestand/{file}/",
        f"{DESK}samenvoegen/{CARD}/",
    ],
    "tellen": [f"{DESK}sleutelfiguren/"],
    "figuur": [DESK + "sleutelfiguren/{figure}/", DESK + "sleutelfiguren/{figure}/afspraak/"],
    "inzet": [
        f"{DESK}sleutelfiguren/demodam/vragen/",
        DESK + "sleutelfiguren/vergoeding/{deployment}/",
    ],
    "regels": [f"{DESK}huisregels/"],
}
# Only forms are sent here; and what leads elsewhere, or is only its maker's.
DEEDS = {
    "confirm_card": f"{DIRECTORY}{CARD}/bevestigen/",
    "stop_link": ROOM + "kaart/verbinding/{link}/beeindigen/",
    "flag": ROOM + "vragen/{question}/melden/",
    "add_device": f"{ROOM}vragen/overzicht/apparaat/",
    "remove_device": ROOM + "vragen/overzicht/apparaat/1/uit/",
    "membership": ROOM + "vragen/groepen/{group}/lidmaatschap/",
    "take_back": ROOM + "vragen/bestand/{file}/weg/",
    "add_file_to_answer": ROOM + "vragen/antwoord/{answer}/bestand/",
    "accept": ROOM + "vragen/antwoord/{answer}/hielp/",
    "people_csv": f"{ROOM}mensen/lijst.csv",
    "allow": f"{ROOM}mensen/mijn-profiel/toestaan/",
    "withdraw": f"{ROOM}mensen/mijn-profiel/intrekken/",
    "leave": f"{ROOM}mensen/mijn-profiel/stoppen/",
    "confirm_profile": f"{ROOM}mensen/mijn-profiel/bevestigen/",
    "reply": ROOM + "mensen/sleutelfiguur/{deployment}/antwoord/",
    "claim": ROOM + "mensen/sleutelfiguur/{deployment}/vergoeding/",
    "stop_key_figure": f"{ROOM}mensen/sleutelfiguur/stoppen/",
    "carry_out_import": DESK + "importeren/{plan}/uitvoeren/",
    "stop_node": DESK + "kaart/{meeting}/stoppen/",
    "action_done": DESK + "witte-vlek/{action}/klaar/",
    "key_figure_step": DESK + "sleutelfiguren/{figure}/stap/",
    "strategic_close": DESK + "strategisch/doel/{goal}/",
    "leave_there": DESK + "moderatie/{flag}/laten-staan/",
    "end_group": DESK + "groepen/{group}/beeindigen/",
    "part": DESK + "samenvoegen/{merge}/ongedaan/",
}
OWN_ONLY = {"landing", "own_agreement", "organisation_on_map", "observe_again", "import"}


@pytest.fixture(scope="module")
def network(lindekade, django_db_blocker):
    """The network of the demo, and the keys that stand in its addresses."""
    with django_db_blocker.unblock():
        people = {one.email.partition("@")[0]: one for one in User.objects.all()}
        regie = people["netwerkregisseur"]
        places = {one.slug: one for one in Municipality.objects.all()}
        make_network(places, make_themes())
        cards = {one.name: one for one in Organisation.objects.all()}
        nodes = {one.title: one.pk for one in NetworkNode.objects.select_related("organisation")}
        question = Question.objects.filter(group=None, answers__isnull=False).first()
        sector = Sector.objects.first()
        group = Group.objects.create(name="Ouders", slug="ouders")
        grouped = Question.objects.create(by=regie, title="Wie?", text="Wat?", group=group)
        accept_rules(by=regie)
        document = share(SimpleUploadedFile("rooster.txt", b"Maandag"), grouped, by=regie)
        yield {
            "person": people["professional"].public_id,
            "question": question.pk,
            "answer": question.answers.first().pk,
            "node": nodes["Welzijn Demodam"],
            "meeting": nodes["Kernteam Demodam"],
            "link": NetworkLink.objects.filter(source=nodes["Welzijn Demodam"]).first().pk,
            "phenomenon": Phenomenon.objects.first().slug,
            "observation": Observation.objects.first().pk,
            "figure": KeyFigure.objects.first().pk,
            "deployment": Deployment.objects.first().pk,
            "goal": Goal.objects.first().pk,
            "held": Meeting.objects.first().pk,
            "member": Member.objects.first().pk,
            "group": group.slug,
            "grouped": grouped.pk,
            "file": document.pk,
            "flag": Flag.objects.create(question=question, by=people["professional"]).pk,
            "plan": Import.objects.create(by=regie).pk,
            "action": WhiteSpotAction.objects.create(
                sector=sector, municipality=places["demodam"], text="Bellen", by=regie
            ).pk,
            "merge": Merge.objects.create(
                kept=cards["Welzijn Demodam"],
                merged=cards["Buurtkamer Noord"],
                by=regie,
            ).pk,
        }


def test_the_table_of_the_network_has_a_row_for_every_role():
    assert [row[0] for row in NETWORK_ROWS] == ["anoniem", *ROLES]


def test_every_address_of_the_network_is_a_door_or_a_deed(network):
    known = {one.name for one in [*network_urls.urlpatterns, *werkplek_urls.urlpatterns]}
    asked = {
        resolve(address.format(**network)).url_name
        for addresses in [*DOORS.values(), list(DEEDS.values())]
        for address in addresses
    }

    assert known == asked | OWN_ONLY


@pytest.mark.parametrize(
    ("role", "place", "may"),
    [
        (row[0], place, mark == "+")
        for row in NETWORK_ROWS
        for place, mark in zip(NETWORK_HEAD, row[1:], strict=True)
    ],
)
def test_a_role_opens_its_doors_of_the_network_and_no_other(network, client, role, place, may):
    enter(client, role)

    opened = {address: gets_in(client, address.format(**network)) for address in DOORS[place]}
    assert opened == dict.fromkeys(DOORS[place], may)


@pytest.mark.parametrize("role", ["anoniem", "deelnemer-weging", "archivaris", "instelling"])
@pytest.mark.parametrize("deed", DEEDS)
def test_who_is_not_in_the_network_does_nothing_in_it(network, client, role, deed):
    enter(client, role)

    response = client.post(DEEDS[deed].format(**network))

    if role == "anoniem":
        assert response.headers["Location"].startswith("/account/")
    elif deed == "stop_key_figure":
        assert KeyFigure.objects.filter(state="ended").count() == 0
    else:
        assert response.status_code in (403, 404)


# What is said about a colleague who must not see a report: by its desk alone, with the vault open.
ABOUT_A_COLLEAGUE = ("uitsluiten/", "uitsluiten/akkoord/", "uitsluiten/afwijzen/", "terug/")


@pytest.fixture
def desk(settings):
    """A desk of three, and a report of which the second proposes to keep the third away."""
    settings.MELDPUNT_ROOT_KEY = ROOT.public().material.hex()
    place = MunicipalityFactory(name="Buitenveld")  # none of the demo's, which have desks
    place.holders = open_desk(place)
    third_holder(place)
    with working_in([place.pk]):
        place.report, _code = report(place)
        for person in place.holders:
            work_on(place.report, person)
        propose(place, by=place.holders[1])
        yield place


def propose(place, *, by):
    work, keys = work_on(place.report, by)
    assignment.exclude(work, colleague=place.holders[2], why="Is familie.", keys=keys, by=by)


def version(place):
    """How often the entry of the report was written; each deed writes it once."""
    return IndexBlob.objects.get(report=place.report).seq


def says(client, place, deed):
    """Do the deed; whether it came through."""
    before, about = version(place), place.holders[2].pk
    typed = {"uitsluiten-colleague": about, "uitsluiten-why": "x"}
    typed |= {"terug-colleague": about, "terug-why": "x"}
    page = client.post(f"/werkplek/meldingen/{place.report.ref}/{deed}", typed)
    way = page.headers.get("Location", "")
    refused = page.status_code in (403, 404) or way.startswith(
        ("/account/", "/werkplek/meldingen/kluis/")
    )
    assert refused == (version(place) == before), f"{deed}: {page.status_code} {way}"
    return not refused


@pytest.mark.django_db(databases=["default", "keystore"])
def test_nobody_but_the_desk_says_anything_about_a_colleague(desk):
    neighbour = MunicipalityFactory(name="Overwater")
    (theirs, _other) = open_desk(neighbour)
    people = {role: browser(UserFactory(roles=[role], roles__at=desk)) for role in ROLES}
    people |= {
        "anoniem": Client(),
        "buren": browser(theirs, unlocked=True),
        "zonder sleutel": browser(staff(desk, has_key=False)),
        "om wie het gaat": browser(desk.holders[2], unlocked=True),
        "kluis dicht": browser(desk.holders[0]),
    }
    done = [
        (who, deed)
        for (who, client), deed in product(people.items(), ABOUT_A_COLLEAGUE)
        if says(client, desk, deed)
    ]
    assert done == []


@pytest.mark.django_db(databases=["default", "keystore"])
@pytest.mark.parametrize("answer", ["uitsluiten/akkoord/", "uitsluiten/afwijzen/"])
def test_the_desk_says_it_and_never_the_same_person_twice(desk, answer):
    first, second = (browser(person, unlocked=True) for person in desk.holders[:2])
    assert not says(second, desk, answer)
    assert says(first, desk, answer)
    if answer == "uitsluiten/akkoord/":
        second = browser(desk.holders[1], unlocked=True)  # there are new keys
        assert says(second, desk, "terug/")
        assert not says(second, desk, answer)
    else:
        assert says(first, desk, "uitsluiten/")


# What is said about a guest of a casusoverleg: by the handler, and by a colleague who did not ask.
ABOUT_A_GUEST = ("gast/vragen/", "gast/akkoord/", "gast/afwijzen/", "gast/{copy}/einde/")


def about(meeting, client, deed):
    """Do the deed; whether it came through: each one is written down with the report."""
    before = SealedPart.objects.filter(report=meeting.report).count()
    typed = guest_typed(meeting.guest) | {"gast-compared": "on"}
    page = client.post(f"{meeting.at}{deed.format(copy=meeting.copy.pk)}", typed)
    came_through = SealedPart.objects.filter(report=meeting.report).count() > before
    assert came_through == (page.headers.get("Location") == meeting.at), f"{deed} {page}"
    return came_through


@pytest.fixture
def meeting(settings):
    """A report with a copy that runs and another one that waits for a second person."""
    settings.MELDPUNT_ROOT_KEY = ROOT.public().material.hex()
    place = MunicipalityFactory(name="Buitenveld")
    place.holders = open_desk(place)
    with working_in([place.pk]):
        made = Desk(place)
        made.copy = made.shares()
        made.asks(guest_of(name="Olga Ander"))
        yield made


@pytest.mark.django_db(databases=["default", "keystore"])
def test_nobody_but_the_desk_says_anything_about_a_guest(meeting):
    neighbour = MunicipalityFactory(name="Overwater")
    (theirs, _other) = open_desk(neighbour)
    place = meeting.place
    people = {role: browser(UserFactory(roles=[role], roles__at=place)) for role in ROLES}
    people |= {
        "anoniem": Client(),
        "buren": browser(theirs, unlocked=True),
        "zonder sleutel": browser(staff(place, has_key=False)),
        "de gast": browser(meeting.guest),
        "kluis dicht": browser(place.holders[0]),
    }
    done = [
        (who, deed)
        for (who, client), deed in product(people.items(), ABOUT_A_GUEST)
        if about(meeting, client, deed)
    ]
    assert done == []


@pytest.mark.django_db(databases=["default", "keystore"])
def test_the_handler_asks_and_ends_and_a_colleague_agrees(meeting):
    assert [
        about(meeting, meeting.colleague, deed) for deed in (ABOUT_A_GUEST[0], ABOUT_A_GUEST[3])
    ] == [
        False,
        False,
    ]
    assert not about(meeting, meeting.handler, "gast/akkoord/")
    assert about(meeting, meeting.handler, "gast/{copy}/einde/")
    assert about(meeting, meeting.colleague, "gast/akkoord/")
    assert about(meeting, meeting.handler, "gast/vragen/")
    assert about(meeting, meeting.colleague, "gast/afwijzen/")
