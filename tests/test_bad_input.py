"""What nobody types by accident gets a kind answer, and nothing is stored."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction

from tests.factories.accounts import UserFactory, sign_in
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
from tests.factories.pages import news_index, news_item

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
    "/zoeken/": ["q", "soort", "thema", "gemeente", "voor", "page"],
    "/zoeken/suggesties/": ["q"],
    "/api/v1/zoeken/": ["q", "soort", "thema", "gemeente", "pagina", "taal"],
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
}
FORMS = {
    "/account/login/": ["login", "password"],
    "/account/password/reset/": ["email"],
    "/account/signup/": ["email", "password1"],
    "/kennisbank/er-bestaat-geen-profiel/mening/": ["helpful", "text"],
    "/meldpunt/melden/": ["gemeente"],
    "/meldpunt/melden/soort/": ["antwoorden", "ga", "kind"],
    "/meldpunt/melden/controle/": ["antwoorden", "ga"],
    "/meldpunt/melden/bewaard/": ["antwoorden"],
    "/meldpunt/code/": ["code"],
    "/meldpunt/code/bericht/": ["text"],
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
    sign_in(client, UserFactory(roles=["functioneel-beheerder", "technisch-beheerder"]))

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
