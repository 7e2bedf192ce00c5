"""What nobody types by accident gets a kind answer, and nothing is stored."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from knowledge.training.services import taking
from meldpunt.reports.models import IndexBlob
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import assignment
from network.directory.models import KeyFigure, Meeting, Member
from network.events.models import Guest, Minutes
from network.events.services import registering
from network.exchange.models import Group, Question
from network.phenomena.models import Observation, Phenomenon
from portal.accounts.models import User
from portal.audit.models import AuditEvent, ProcessingRecord
from portal.figures.models import Figure
from portal.figures.months import last_months
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.events import event, series, session
from tests.factories.knowledge import (
    article,
    flow,
    help_card,
    help_index,
    intervention,
    library,
    runbook,
    word,
)
from tests.factories.meldpunt import (
    ROOT,
    browser,
    open_desk,
    report,
    third_holder,
    work_on,
)
from tests.factories.network import (
    LinkFactory,
    NodeFactory,
    OrganisationFactory,
    SectorFactory,
)
from tests.factories.pages import news_index, news_item
from tests.factories.regions import MunicipalityFactory
from tests.factories.training import lesson, module_with_test
from tests.meldpunt.reports.test_guests import Desk, guest_typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault_secrets")]

MEGABYTE = "a" * 1_000_000
NUL = {"address": "%00", "typed": "a\x00b"}
ODD = {
    "half of a surrogate pair": "%ED%A0%80",
    "bytes that are no text": "%FF%FE",
    "an unknown word": "bestaat-niet",
    "a negative number": "-1",
    "a number beyond any": "9" * 400,
    "digits of another script": "%D9%A3",
    "signs of a query": "%25_'%22)(*:-%5E",
    "a long text": "a" * 6000,
    "an empty text": "",
}
# Every parameter that an address of ours reads, and one that it does not.
PARAMETERS = {
    "/": ["page"],
    "/kennisbank/": ["q", "thema", "soort", "gemeente", "page", "voor"],
    "/kennisbank/begrippen/": ["q"],
    "/kennisbank/vergelijken/": ["i"],
    "/kennisbank/mijn-zorg/": ["antwoorden", "stap", "a", "gevaar"],
    "/hulp/": ["voor", "over", "page"],
    "/actueel/": ["page", "jaar"],
    "/zoeken/": ["q", "soort", "thema", "gemeente", "gebied", "voor", "jaar", "page"],
    "/zoeken/suggesties/": ["q"],
    "/api/v1/zoeken/": ["q", "soort", "thema", "gemeente", "gebied", "jaar", "pagina", "taal"],
    "/api/v1/zoeken/suggesties": ["q"],
    "/account/login/": ["next"],
    "/account/poort/": ["next"],
    "/meldpunt/code/": ["verstuurd"],
    "/training/certificaat/": ["code"],
    "/agenda/": ["q", "soort", "gemeente", "wanneer", "page"],
    "/agenda/agenda.ics": ["sleutel", "soort", "gemeente", "q"],
}
STAFF_PARAMETERS = {
    "/werkplek/mensen/": ["q", "role", "municipality", "state", "page"],
    "/werkplek/logboek/": ["action", "actor", "page"],
    "/werkplek/cijfers/vragen/": ["page"],
}
FORMS = {
    "/account/login/": ["login", "password"],
    "/account/password/reset/": ["email"],
    "/account/signup/": ["email", "password1"],
    "/kennisbank/er-bestaat-geen-profiel/mening/": ["helpful", "text"],
    "/meldpunt/melden/": ["gemeente"],
    "/meldpunt/melden/soort/": ["antwoorden", "ga", "kind"],
    "/meldpunt/melden/controle/": [
        *("antwoorden", "ga", "bestanden", "origineel", "oplossing", "wachtkaart"),
    ],
    "/meldpunt/melden/bewaard/": ["antwoorden"],
    "/meldpunt/code/": ["code", "oplossing", "wachtkaart"],
    "/meldpunt/code/bericht/": ["text", "bestanden", "origineel"],
    "/meldpunt/code/nieuwe-code/": ["sure"],
    "/meldpunt/code/stoppen/": ["sure"],
    "/meldpunt/code/intrekken/": ["sure"],
}
GETS = [(address, name) for address, names in PARAMETERS.items() for name in names]
POSTS = [(address, name) for address, names in FORMS.items() for name in names]


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker):
    """A small portal with every public form."""
    with django_db_blocker.unblock(), transaction.atomic():
        ContentType.objects.clear_cache()
        library()
        article("Er bestaat geen profiel")
        intervention()
        flow()
        help_card()
        news_item("Nieuws", below=news_index())
        runbook()
        word("duiding")
        assert help_index()
        (month,) = last_months(timezone.localdate(), 1)
        Figure.objects.create(code="vragen", month=month, number=8)
        call_command("rebuild_search", verbosity=0)
        yield
        transaction.set_rollback(True)


def rows():
    """How many rows each table holds; web sessions hold nothing that was typed."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        counts = {}
        for table in tables:
            if table != Session._meta.db_table and not table.startswith("search_"):
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
                counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.parametrize(("address", "name"), GETS)
def test_no_parameter_makes_a_page_fail(portal, client, address, name):
    before = rows()

    for what, value in ODD.items():
        for query in (f"{name}={value}", f"{name}=x&{name}={value}", f"{name}[]={value}"):
            status = client.get(f"{address}?{query}").status_code
            assert status in (200, 302, 400, 404, 422), f"{what} in {query[:60]}"

    assert rows() == before


@pytest.mark.parametrize(("address", "name"), GETS)
def test_a_nul_byte_in_an_address_is_refused_kindly(portal, client, address, name):
    response = client.get(f"{address}?{name}=a{NUL['address']}b")

    assert response.status_code == 400
    assert "Dit kunnen wij niet lezen" in response.content.decode()


@pytest.mark.parametrize("address", ["/%00", "/kennisbank/%00/", "/%ED%A0%80/", "/%FF/", "/..%2f/"])
def test_no_address_makes_the_portal_fail(portal, client, address):
    assert client.get(address).status_code in (400, 404)


@pytest.mark.parametrize("address", STAFF_PARAMETERS)
def test_no_filter_of_the_werkplek_makes_it_fail(portal, client, address):
    roles = ["functioneel-beheerder", "technisch-beheerder", "regiobeheerder"]
    sign_in(client, UserFactory(roles=roles))

    for name in STAFF_PARAMETERS[address]:
        for what, value in ODD.items():
            status = client.get(f"{address}?{name}={value}").status_code
            assert status in (200, 400, 404), f"{what} in {name}"


@pytest.mark.parametrize(("address", "name"), POSTS)
@pytest.mark.parametrize("text", [NUL["typed"], MEGABYTE], ids=["nul", "megabyte"])
def test_a_form_refuses_what_nobody_types_and_stores_nothing(portal, client, address, name, text):
    before = rows()

    response = client.post(address, {name: text})

    assert response.status_code == 400
    assert "Er is niets opgeslagen" in response.content.decode()
    assert rows() == before


@pytest.mark.parametrize(("address", "name"), POSTS)
def test_a_form_with_a_value_that_is_no_choice_stores_nothing(portal, client, address, name):
    before = rows()

    for value in ("bestaat-niet", "-1", "", "\ufffd"):
        status = client.post(address, {name: value, "smokkel": "ja"}).status_code
        assert status in (200, 302, 400, 404, 429), value

    assert rows() == before


@pytest.mark.parametrize("name", ["kleurstand", "django_language", "sessionid", "bezoek"])
@pytest.mark.parametrize("value", ["<script>", "x" * 4000, "\xff", "%00"])
def test_no_cookie_makes_a_page_fail(portal, client, name, value):
    client.cookies[name] = value

    response = client.get("/kennisbank/")

    assert response.status_code == 200
    assert "<script>" not in response.content.decode().replace("<script>x", "")


def test_a_form_of_bytes_that_are_no_text_is_answered(portal, client):
    address = "/kennisbank/er-bestaat-geen-profiel/mening/"
    form = "application/x-www-form-urlencoded"

    for body in (b"helpful=ja&text=%ED%A0%80", b"\xff\xfe=\xff", b"helpful=ja&text=%00"):
        assert client.post(address, body, content_type=form).status_code in (303, 400)


def test_a_body_that_is_no_form_at_all_is_answered(portal, client):
    for kind in ("multipart/form-data; boundary=x", "application/json", "text/plain", ""):
        status = client.post("/account/login/", b"\x00{", content_type=kind).status_code
        assert status in (200, 400, 415), kind


# Training and the agenda: every form, and every parameter of a list.
TRAINING_PARAMETERS = {
    "/training/mijn/": ["page"],
    "/werkplek/training/": ["module", "state", "organisation", "page"],
    "/werkplek/training/register.csv": ["module", "state", "organisation"],
    "/werkplek/training/dekking/": ["module", "page"],
    "/werkplek/training/teams/": ["course", "page"],
    "/werkplek/training/teams.csv": ["course"],
    "/werkplek/training/inlezen/": ["page"],
    "/werkplek/training/bijeenkomsten/": ["page"],
    "/agenda/mijn/": ["page"],
    "/agenda/overleg/{series}/": ["page"],
    "/werkplek/agenda/": ["page"],
    "/werkplek/agenda/{day}/": ["page"],
}
TRAINING_FORMS = {
    "/training/mijn/werk/": ["organisation", "target_group", "municipality"],
    "/training/mijn/wissen/": ["sure"],
    "/training/met-een-toets/toets/1/": ["answer"],
    "/werkplek/training/aanmelden/": [
        *("course", "module", "role", "target_group", "organisation", "emails", "due_on", "deed"),
    ],
    "/werkplek/training/inlezen/": ["file"],
    "/werkplek/training/bijeenkomsten/{day}/": ["module"],
    "/training/les/{lesson}/gelezen/": ["smokkel"],
    "/werkplek/agenda/nieuw/": [
        *("title", "kind", "audience", "municipality", "series", "summary", "text", "starts_at"),
        *("ends_at", "repeats", "repeat_until", "location", "online_url", "needs_registration"),
        *("admits_guests", "capacity", "closes_at", "session_choices", "materials"),
    ],
    "/werkplek/agenda/{day}/wijzigen/": ["title", "capacity"],
    "/werkplek/agenda/{day}/afgelasten/": ["reason"],
    "/werkplek/agenda/{day}/deur/": ["ticket"],
    "/werkplek/agenda/{day}/sessie/": ["title", "text", "room", "starts_at", "capacity"],
    "/werkplek/agenda/{day}/aanmelding/{seat}/": ["deed", "page"],
    "/agenda/dag/aanmelden/": ["how", "sessions", "confidence", "needs"],
    "/agenda/dag/gast/": ["email"],
    "/agenda/gast/code-van-een-gast/": ["needs", "sessions", "deed"],
    "/agenda/evaluatie/{ticket}/3d/": ["useful", "confidence", "text"],
    "/agenda/overleg/nieuw/": [
        *("title", "kind", "partners", "municipality", "every_months", "function"),
    ],
    "/agenda/overleg/{series}/deelnemer/": ["email", "side", "function"],
    "/agenda/gesprek/verslag/voorstel/": ["text"],
    "/agenda/gesprek/verslag/aanwezig/": ["side", "organisation", "function"],
    "/agenda/gesprek/verslag/afspraak/": ["side", "text", "due_on"],
    "/agenda/gesprek/verslag/verslag/": ["text"],
    "/agenda/gesprek/verslag/akkoord/": ["version"],
}
# A form of which any one of these fields is enough to store something.
ENOUGH_ALONE = {
    "/training/les/{lesson}/gelezen/",  # has no field at all
    "/werkplek/training/bijeenkomsten/{day}/",  # no choice is a choice: it counts for nothing
    *("/training/mijn/wissen/", "/agenda/dag/aanmelden/", "/agenda/gast/code-van-een-gast/"),
    *("/werkplek/agenda/{day}/afgelasten/", "/werkplek/agenda/{day}/sessie/"),
    *("/agenda/gesprek/verslag/voorstel/", "/agenda/gesprek/verslag/verslag/"),
}
TRAINING_GETS = [(one, name) for one, names in TRAINING_PARAMETERS.items() for name in names]
TRAINING_POSTS = [(one, name) for one, names in TRAINING_FORMS.items() for name in names]
TOO_LONG = "9" * 5000


@pytest.fixture(scope="module")
def courses(portal, django_db_blocker):
    """A test that somebody is taking, a day with guests, and a talk; the numbers in addresses."""
    with django_db_blocker.unblock(), transaction.atomic():
        roles = ["trainingscoordinator", "netwerkregisseur"]
        planner = UserFactory(roles=roles, email="planner@lindekade.example")
        page = module_with_test("Met een toets")
        taking.start(page, by=planner)
        day = event("Dag", admits_guests=True, session_choices=1)
        part = session(day)
        seat = registering.register(day, sessions=[part], by=planner)
        Guest.objects.create(event=day, email="gast@example.org", code="code-van-een-gast")
        talks = series(municipality_user=planner)
        talk = event("Gesprek", audience="leden", series=talks)
        Minutes.objects.create(event=talk, text="Wij spraken over de buurt.")
        one = lesson(page)
        yield {
            "day": day.pk,
            "seat": seat.pk,
            "ticket": seat.ticket,
            "series": talks.pk,
            "lesson": one.pk,
        }
        transaction.set_rollback(True)


@pytest.fixture
def planner(courses, client):
    """A browser of somebody who may post every form of training and the agenda."""
    sign_in(client, User.objects.get(email="planner@lindekade.example"))
    return client


@pytest.mark.parametrize(("address", "name"), TRAINING_GETS)
def test_no_parameter_of_training_or_the_agenda_makes_a_page_fail(courses, planner, address, name):
    for what, value in {**ODD, "too many digits": TOO_LONG}.items():
        response = planner.get(f"{address.format(**courses)}?{name}={value}")
        assert response.status_code in (200, 400, 404), what


@pytest.mark.parametrize(("address", "name"), TRAINING_POSTS)
def test_a_form_of_training_or_the_agenda_refuses_what_nobody_types(
    courses, planner, address, name
):
    before = rows()

    for text in (NUL["typed"], MEGABYTE):
        response = planner.post(address.format(**courses), {name: text})
        assert response.status_code == 400
        assert "Er is niets opgeslagen" in response.content.decode()

    assert rows() == before


@pytest.mark.parametrize(
    ("address", "name"), [case for case in TRAINING_POSTS if case[0] not in ENOUGH_ALONE]
)
def test_a_form_of_training_or_the_agenda_with_no_choice_stores_nothing(
    courses, planner, address, name
):
    before = rows()

    for value in ("bestaat-niet", "-1", "", "\ufffd", TOO_LONG):
        response = planner.post(address.format(**courses), {name: value, "smokkel": "ja"})
        assert response.status_code in (200, 302, 400, 404, 409, 422), value

    assert rows() == before


@pytest.mark.parametrize("number", ["0", "9" * 30, TOO_LONG, "-1"])
@pytest.mark.parametrize(
    "address",
    [
        *(
            "/training/uitslag/%s/",
            "/training/met-een-toets/toets/%s/",
            "/training/uitgever/module/%s/",
        ),
        *("/werkplek/training/inlezen/%s/", "/werkplek/training/terugkomdag/%s/"),
        "/werkplek/training/bijeenkomsten/%s/",
        *("/werkplek/agenda/%s/", "/agenda/overleg/%s/", "/agenda/kaartje/%s/", "/agenda/gast/%s/"),
    ],
)
def test_a_number_that_is_nobodys_is_not_found(courses, planner, address, number):
    assert planner.get(address % number).status_code == 404


# --- The network: every parameter and every form of it, for somebody who may do all of it ---------

NETWORK_PARAMETERS = {
    "/netwerk/organisaties/": [
        "q", "soort", "sector", "gemeente", "gebied", "thema", "taal", "nu", "page",
    ],
    "/netwerk/organisaties/lijst.csv": ["q", "soort", "sector", "gemeente", "gebied", "nu"],
    "/netwerk/organisaties/wie-bellen/": ["gemeente", "gebied", "thema", "taal", "nu", "page"],
    "/netwerk/organisaties/mijn-bellijst/": ["page"],
    "/netwerk/mensen/": ["q", "gemeente", "gebied", "thema", "taal", "page"],
    "/netwerk/kaart/": [
        "gemeente", "gebied", "thema", "soort", "verband", "maand", "vanaf", "stappen",
    ],
    "/netwerk/kaart/netwerk.graphml": ["gemeente", "maand", "vanaf", "stappen"],
    "/netwerk/kaart/netwerk.png": ["gemeente", "maand", "vanaf", "stappen"],
    "/netwerk/kaart/netwerk.csv": ["gemeente", "maand", "vanaf", "stappen"],
    "/netwerk/kaart/dekking/": ["gemeente"],
    "/netwerk/vragen/": ["q", "groep", "thema", "soort", "open", "page"],
    "/netwerk/vragen/groepen/": ["page"],
    "/netwerk/vragen/groepen/ouders/bestanden/": ["sorteer", "page"],
    "/netwerk/vragen/huisregels/": ["page"],
    "/netwerk/fenomenen/": ["page"],
    "/netwerk/fenomenen/filmpjes/": ["gemeente"],
    "/netwerk/fenomenen/mijn/": ["page"],
    "/werkplek/netwerk/bevestigen/": ["page"],
    "/werkplek/netwerk/contact/": ["dagen", "page"],
    "/werkplek/netwerk/contact/de-brug/": ["page"],
    "/werkplek/netwerk/witte-vlek/": ["sector", "municipality", "area"],
    "/werkplek/netwerk/sleutelfiguren/": ["staat", "page"],
    "/werkplek/netwerk/sleutelfiguren/demodam/vragen/": ["area", "language"],
    "/werkplek/netwerk/moderatie/": ["page"],
    "/werkplek/netwerk/fenomenen/": ["page"],
}  # fmt: skip
NETWORK_FORMS = {
    "/netwerk/organisaties/de-brug/wijzigen/": ["name", "kind", "areas", "hours_0"],
    "/netwerk/kaart/{node}/verbinden/": ["other", "kind", "direction", "strength", "since_day", "origin"],
    "/netwerk/kaart/verbinding/{link}/beeindigen/": ["reden"],
    "/netwerk/vragen/stellen/": ["kind", "title", "text", "group", "theme", "people", "rules"],
    "/netwerk/vragen/{grouped}/bestand/": ["file", "is_no_person", "rules"],
    "/werkplek/netwerk/groepen/ouders/wijzigen/": ["name", "summary", "members"],
    "/netwerk/vragen/{question}/": ["text", "people", "rules"],
    "/netwerk/vragen/{question}/melden/": ["answer"],
    "/netwerk/vragen/overzicht/": ["rhythm", "quiet_from"],
    "/netwerk/vragen/overzicht/apparaat/": ["name", "endpoint", "public_key", "secret"],
    "/netwerk/vragen/huisregels/": ["text"],
    "/werkplek/netwerk/huisregels/": ["text", "text_en"],
    "/netwerk/mensen/lijst.csv": ["q", "gemeente"],
    "/netwerk/mensen/mijn-profiel/": ["function", "about", "themes", "mobile", "email"],
    "/netwerk/mensen/mijn-profiel/toestaan/": ["detail", "purpose", "channels", "phase"],
    "/netwerk/mensen/mijn-profiel/intrekken/": ["consent", "detail"],
    "/netwerk/mensen/sleutelfiguur/": ["municipality", "availability", "areas"],
    "/netwerk/fenomenen/beschrijven/": ["platform", "description", "seen_from_day", "reach"],
    "/werkplek/netwerk/": ["municipality", "phase"],
    "/werkplek/netwerk/organisatie-toevoegen/": ["name", "kind", "website", "contact-0-phone"],
    "/werkplek/netwerk/importeren/": ["file"],
    "/werkplek/netwerk/contact/de-brug/": ["subject", "on_day", "shared_with"],
    "/werkplek/netwerk/kaart/toevoegen/": ["kind", "name", "areas"],
    "/werkplek/netwerk/kaart/{node}/wijzigen/": ["kind", "name"],
    "/werkplek/netwerk/witte-vlek/": ["sector", "municipality", "area", "text", "due_on_day"],
    "/werkplek/netwerk/sleutelfiguren/demodam/vragen/": ["people", "activity", "on_day"],
    "/werkplek/netwerk/strategisch/lid/": ["organisation", "since_day"],
    "/werkplek/netwerk/strategisch/doel/": ["year", "text"],
    "/werkplek/netwerk/strategisch/vergadering/": ["on_day", "agenda"],
    "/werkplek/netwerk/strategisch/vergadering/{held}/wijzigen/": ["on_day", "agenda", "minutes"],
    "/werkplek/netwerk/strategisch/lid/{member}/verlengen/": ["until_day"],
    "/netwerk/mensen/sleutelfiguur/{own_deployment}/vergoeding/": ["euros"],
    "/werkplek/netwerk/sleutelfiguren/vergoeding/{deployment}/": ["no_interest"],
    "/werkplek/netwerk/strategisch/actie/": ["text", "due_on_day"],
    "/werkplek/netwerk/moderatie/vraag/{question}/": ["why"],
    "/werkplek/netwerk/groepen/beginnen/": ["name", "members", "municipality"],
    "/werkplek/netwerk/fenomenen/notitie/": ["name", "summary", "expires_on_day"],
    "/werkplek/netwerk/fenomenen/{observation}/": ["decision", "feedback", "phenomenon"],
    "/werkplek/netwerk/samenvoegen/de-brug/": ["merged"],
}  # fmt: skip
# Forms that say all with one press; a value they do not know is a press as well.
ONE_PRESS = {
    "/netwerk/kaart/verbinding/{link}/beeindigen/",
    "/netwerk/vragen/{question}/melden/",
    "/netwerk/mensen/lijst.csv",
    "/netwerk/vragen/huisregels/",
}
# All that such a form must have is a text, and any text will do.
ONE_TEXT = {
    ("/netwerk/mensen/mijn-profiel/", "function"),
    ("/werkplek/netwerk/groepen/beginnen/", "name"),
    ("/werkplek/netwerk/groepen/ouders/wijzigen/", "name"),
    ("/werkplek/netwerk/huisregels/", "text"),
}
NETWORK_POSTS = [(address, name) for address, names in NETWORK_FORMS.items() for name in names]


@pytest.fixture(scope="module")
def network(django_db_setup, django_db_blocker):
    """One of everything in the network; and somebody who may do all of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        ContentType.objects.clear_cache()
        roles = ["netwerkregisseur", "professional", "online-ambassadeur", "fg", "eindredacteur"]
        person = UserFactory(roles=roles)
        node = NodeFactory()
        question = Question.objects.create(by=UserFactory(), title="Wie komt?", text="Graag.")
        group = Group.objects.create(name="Ouders", slug="ouders")
        grouped = Question.objects.create(by=UserFactory(), title="x", text="y", group=group)
        OrganisationFactory(name="De Brug", sectors=[SectorFactory()])
        observation = Observation.objects.create(
            by=UserFactory(),
            state="submitted",
            submitted_at=timezone.now(),
            platform="forum",
            seen_from="2026-10-01",
            seen_until="2026-10-02",
            description="Berichten die bang maken.",
            reach="veel",
            advice="geen",
        )
        card = OrganisationFactory()
        start = timezone.localdate()
        own = KeyFigure.objects.create(user=person, municipality=card.municipality)
        other = KeyFigure.objects.create(user=UserFactory(), municipality=card.municipality)
        asked = {"activity": "Avond", "on": start, "by": person}
        Phenomenon.objects.create(
            name="Filmpjes", slug="filmpjes", summary="x", unknown="y", expires_on=start, by=person
        )
        yield {
            "held": Meeting.objects.create(on=start).pk,
            "member": Member.objects.create(
                organisation=card, since=start, until=start + timedelta(days=9)
            ).pk,
            "own_deployment": own.deployments.create(**asked).pk,
            "deployment": other.deployments.create(**asked).pk,
            "person": person,
            "node": node.pk,
            "link": LinkFactory(source=node).pk,
            "question": question.pk,
            "grouped": grouped.pk,
            "observation": observation.pk,
        }
        transaction.set_rollback(True)


@pytest.mark.parametrize("address", NETWORK_PARAMETERS)
def test_no_parameter_makes_a_page_of_the_network_fail(network, client, address):
    sign_in(client, network["person"])
    before = rows()

    for name in NETWORK_PARAMETERS[address]:
        for what, value in ODD.items():
            status = client.get(f"{address}?{name}={value}").status_code
            assert status in (200, 400, 404), f"{what} in {name}"
        assert client.get(f"{address}?{name}=a%00b").status_code == 400

    assert rows() == before


@pytest.mark.parametrize(("address", "name"), NETWORK_POSTS)
@pytest.mark.parametrize("text", [NUL["typed"], MEGABYTE], ids=["nul", "megabyte"])
def test_a_form_of_the_network_refuses_what_nobody_types(network, client, address, name, text):
    sign_in(client, network["person"])
    before = rows()

    response = client.post(address.format(**network), {name: text})

    assert response.status_code in (400, 422)
    assert rows() == before


@pytest.mark.parametrize(
    ("address", "name"),
    [one for one in NETWORK_POSTS if one[0] not in ONE_PRESS and one not in ONE_TEXT],
)
def test_a_form_of_the_network_with_a_value_that_is_no_choice_stores_nothing(
    network, client, address, name
):
    sign_in(client, network["person"])
    before = rows()

    for value in ("bestaat-niet", "-1", "", "\ufffd", "9" * 400, "٣"):
        status = client.post(address.format(**network), {name: value, "smokkel": "ja"}).status_code
        assert status in (200, 302, 400, 403, 404, 422), value

    assert rows() == before


# What is said about who may see a report, and which meldpunt: each form of it, and its fields.
AWAY_FORMS = {
    "uitsluiten/": ["uitsluiten-colleague", "uitsluiten-why"],
    "uitsluiten/akkoord/": ["anders"],
    "uitsluiten/afwijzen/": ["anders"],
    "terug/": ["terug-colleague", "terug-why"],
    "doorgeven/": ["doorgeven-to", "doorgeven-why", "doorgeven-name_goes"],
    "doorgeven/akkoord/": ["anders"],
    "doorgeven/afwijzen/": ["anders"],
}


@pytest.fixture
def colleague(settings):
    """Somebody of a desk of three who opened a report from which the third is kept away."""
    settings.MELDPUNT_ROOT_KEY = ROOT.public().material.hex()
    place = MunicipalityFactory(name="Buitenveld")  # none of the demo's, which have desks
    first, second = place.holders = open_desk(place)
    third = third_holder(place)
    with working_in([place.pk]):
        made, _code = report(place)
        for person in place.holders:
            work, keys = work_on(made, person)
        assignment.exclude(work, colleague=third, why="Is familie.", keys=keys, by=third)
        person = browser(first, unlocked=True)
        person.at = f"/werkplek/meldingen/{made.ref}/"
        assert person.post(person.at, {"reason": "handling"}).status_code == 302
        person.get(person.at)
        yield person


def kept():
    """Every row but what the trail says of refusals and readings; and each version of an entry."""
    return rows() | {
        AuditEvent._meta.db_table: 0,
        ProcessingRecord._meta.db_table: 0,
        "versions": list(IndexBlob.objects.values_list("seq", flat=True)),
    }


@pytest.mark.django_db(databases=["default", "keystore"])
@pytest.mark.parametrize("address", AWAY_FORMS)
def test_a_form_about_a_colleague_refuses_what_nobody_types(colleague, address):
    before = kept()

    for name in AWAY_FORMS[address]:
        for text in (NUL["typed"], MEGABYTE):
            response = colleague.post(colleague.at + address, {name: text})
            assert response.status_code == 400
            assert "Er is niets opgeslagen" in response.content.decode()

    assert kept() == before


@pytest.mark.django_db(databases=["default", "keystore"])
@pytest.mark.parametrize("address", AWAY_FORMS)
def test_a_form_about_a_colleague_with_no_choice_stores_nothing(colleague, address):
    before = kept()

    for name in AWAY_FORMS[address]:
        for value in ("bestaat-niet", "-1", "", "\ufffd", TOO_LONG):
            response = colleague.post(colleague.at + address, {name: value, "smokkel": "ja"})
            assert response.status_code in (400, 404), value  # nothing waits for an answer

    assert kept() == before


# What is said about a guest of a casusoverleg, and what a guest types: each form and its fields.
GUEST_FORMS = {
    "gast/vragen/": [
        "gast-colleague",
        "gast-until_day",
        "gast-until_year",
        "gast-why",
        "gast-text",
    ],
    "gast/akkoord/": ["gast-compared"],
    "gast/{copy}/einde/": ["anders"],
    "/werkplek/meldingen/casusoverleg/": ["passphrase"],
    "/werkplek/meldingen/casusoverleg/{copy}/": ["passphrase"],
}
# Anything is a text or a tick but nothing, and a dash in a day counts for nothing.
TEXT_OR_TICK = ("gast-why", "gast-text", "gast-compared")


def odd_values(name):
    """What is no answer to this question."""
    if name in TEXT_OR_TICK:
        return [""]
    minus = [] if "until" in name else ["-1"]
    return ["bestaat-niet", "", "\ufffd", TOO_LONG, *minus]


@pytest.fixture
def meeting(settings):
    """A desk with a copy that runs; ``posts``: the one who is at that form types something."""
    settings.MELDPUNT_ROOT_KEY = ROOT.public().material.hex()
    place = MunicipalityFactory(name="Buitenveld")
    place.holders = open_desk(place)
    with working_in([place.pk]):
        made = Desk(place)
        made.copy = made.shares()
        guest = browser(made.guest)

        def posts(form, **typed):
            address = form.format(copy=made.copy.pk)
            client = guest if address.startswith("/") else made.handler
            if "akkoord" in form:
                made.asks()
                client = made.colleague
            before = kept()
            page = client.post(address if client is guest else made.at + address, typed)
            assert kept() == before, f"{form} {typed}"
            return page

        made.posts = posts
        yield made


@pytest.mark.django_db(databases=["default", "keystore"])
@pytest.mark.parametrize("form", GUEST_FORMS)
def test_a_form_about_a_guest_refuses_what_nobody_types(meeting, form):
    for name in GUEST_FORMS[form]:
        for text in (NUL["typed"], MEGABYTE):
            page = meeting.posts(form, **{name: text})
            assert page.status_code == 400
            assert "Er is niets opgeslagen" in page.content.decode()


@pytest.mark.django_db(databases=["default", "keystore"])
@pytest.mark.parametrize("form", [form for form in GUEST_FORMS if "einde" not in form])
def test_a_form_about_a_guest_with_no_choice_stores_nothing(meeting, form):
    typed = guest_typed(meeting.guest) if "vragen" in form else {}
    for name in GUEST_FORMS[form]:
        for value in odd_values(name):
            page = meeting.posts(form, **typed | {name: value, "smokkel": "ja"})
            assert page.status_code == 400, f"{name}: {value[:20]}"


@pytest.mark.django_db(databases=["default", "keystore"])
@pytest.mark.parametrize("copy", ["0", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_copy_that_is_none_is_a_404(meeting, copy):
    client = browser(meeting.guest)
    assert client.get(f"/werkplek/meldingen/casusoverleg/{copy}/").status_code == 404
    assert meeting.handler.post(f"{meeting.at}gast/{copy}/einde/").status_code == 404
    assert client.get("/werkplek/meldingen/casusoverleg/?page=x").status_code == 200
