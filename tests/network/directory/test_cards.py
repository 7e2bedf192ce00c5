"""Cards of organisations: who reads, corrects, takes out, brings in and merges them."""

from datetime import UTC, datetime, time

import pytest
import vobject
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError

from network.directory.models import Import, OpeningHours, Organisation
from network.directory.services.cards import save_card
from network.directory.services.merging import CannotPart, merge_cards, part_cards
from portal.figures.tables import safe_cell
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import (
    AreaFactory,
    ContactFunctionFactory,
    OrganisationFactory,
    SectorFactory,
)
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db


def names(response):
    return [one.name for one in response.context["page"]]


@pytest.fixture
def professional(client):
    person = UserFactory(roles=["professional"])
    sign_in(client, person)
    return person


@pytest.fixture
def coordinator(client):
    person = UserFactory(roles=["netwerkregisseur"])
    sign_in(client, person)
    return person


def test_the_landing_is_public_and_the_lists_ask_to_sign_in(client):
    assert client.get("/netwerk/").status_code == 200

    for address in ("organisaties/", "organisaties/wie-bellen/", "organisaties/lijst.csv"):
        response = client.get(f"/netwerk/{address}")
        assert response.status_code == 302
        assert "/account/login/" in response.url


def test_somebody_without_a_role_in_the_network_sees_no_card(client):
    OrganisationFactory(name="De Brug")
    sign_in(client, UserFactory(roles=["archivaris"]))

    assert client.get("/netwerk/organisaties/").status_code == 403
    assert client.get("/netwerk/organisaties/de-brug/").status_code == 404


def test_a_professional_filters_by_kind_sector_area_and_words(client, professional):
    youth = SectorFactory()
    north, south = AreaFactory(), AreaFactory(name="De Weiden")
    OrganisationFactory(name="Jongeren Noord", kind="jongerenwerk", sectors=[youth], areas=[north])
    OrganisationFactory(name="Heel de stad")
    OrganisationFactory(name="Alleen de Weiden", areas=[south])
    OrganisationFactory(name="Polderhulp", elsewhere=True)
    OrganisationFactory(name="Gestopt", ended_on="2026-01-01")

    def found(query):
        return names(client.get(f"/netwerk/organisaties/?{query}"))

    assert found("") == ["Alleen de Weiden", "Heel de stad", "Jongeren Noord", "Polderhulp"]
    assert found("soort=jongerenwerk") == ["Jongeren Noord"]
    assert found("sector=jongerenwerk") == ["Jongeren Noord"]
    assert found(f"gebied={north.pk}") == ["Heel de stad", "Jongeren Noord"]
    assert found("gemeente=polderveen") == ["Polderhulp"]
    assert found("q=weiden+alleen") == ["Alleen de Weiden"]
    assert found("q=bestaat-niet") == []


def test_available_now_knows_hours_and_who_answers_day_and_night(client, professional):
    monday_at_ten = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # ten o'clock in Amsterdam
    for name, opens, closes in [("Open", 9, 12), ("Dicht", 13, 17)]:
        one = OrganisationFactory(name=name)
        OpeningHours.objects.create(
            organisation=one, weekday="0", opens=time(opens), closes=time(closes)
        )
        ContactFunctionFactory(organisation=one)
    ContactFunctionFactory(organisation=OrganisationFactory(name="Altijd"), is_always_open=True)

    open_now = Organisation.objects.open_at(monday_at_ten).order_by("name")
    assert [one.name for one in open_now] == ["Altijd", "Open"]
    assert "Altijd" in names(client.get("/netwerk/organisaties/wie-bellen/?nu=on"))
    assert len(names(client.get("/netwerk/organisaties/wie-bellen/"))) == 3


def test_the_list_costs_the_same_for_two_cards_and_for_thirty(
    client, professional, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(40) as counted:
            client.get("/netwerk/organisaties/")
        return len(counted)

    sector = SectorFactory()
    for _number in range(2):
        OrganisationFactory(sectors=[sector], areas=[AreaFactory()])
    few = cost()
    for _number in range(28):
        OrganisationFactory(sectors=[sector], areas=[AreaFactory()])

    assert cost() == few


def test_an_organisation_corrects_its_own_card_and_no_other(client):
    keeper = UserFactory(roles=["instelling"])
    OrganisationFactory(name="Eigen", keepers=[keeper])
    OrganisationFactory(name="Ander")
    sign_in(client, keeper)

    data = card(name="Eigen huis", phone="088 123")
    assert client.post("/netwerk/organisaties/eigen/wijzigen/", data).status_code == 302
    assert Organisation.objects.get(slug="eigen").name == "Eigen huis"
    assert client.get("/netwerk/organisaties/ander/wijzigen/").status_code == 404
    assert client.get("/netwerk/organisaties/").status_code == 403


def card(**changes):
    return {
        "name": "Naam",
        "kind": "zorg",
        "summary": "",
        "hours_0": "09:00-12:00, 13:00-17:00",
        "contact-TOTAL_FORMS": "1",
        "contact-INITIAL_FORMS": "0",
        "contact-0-function": "Wachtdienst",
        "contact-0-phone": "088 000 22 22",
        **changes,
    }


def test_a_professional_corrects_no_card(client, professional):
    OrganisationFactory(name="De Brug")

    assert client.get("/netwerk/organisaties/de-brug/wijzigen/").status_code == 403
    assert client.post("/netwerk/organisaties/de-brug/bevestigen/").status_code == 403
    assert client.get("/werkplek/netwerk/").status_code == 403
    assert client.get("/werkplek/netwerk/organisatie-toevoegen/").status_code == 403


def test_a_coordinator_adds_a_card_with_hours_and_functions(client, coordinator):
    place = MunicipalityFactory()

    response = client.post(
        "/werkplek/netwerk/organisatie-toevoegen/", card(name="Nieuw", municipality=place.pk)
    )

    assert response.status_code == 302
    made = Organisation.objects.get(name="Nieuw")
    assert [str(hours) for hours in made.hours.all()] == [
        "maandag 09:00–12:00",
        "maandag 13:00–17:00",
    ]
    assert made.contacts.get().function == "Wachtdienst"


def test_a_coordinator_keeps_no_card_of_the_municipality_next_door(client, coordinator):
    OrganisationFactory(name="Polderhulp", elsewhere=True)
    place = MunicipalityFactory(name="Polderveen")

    assert client.get("/netwerk/organisaties/polderhulp/wijzigen/").status_code == 403
    assert client.get("/werkplek/netwerk/samenvoegen/polderhulp/").status_code == 404
    response = client.post(
        "/werkplek/netwerk/organisatie-toevoegen/", card(name="Nieuw", municipality=place.pk)
    )
    assert response.status_code == 422
    assert not Organisation.objects.filter(name="Nieuw").exists()


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("hours_0", "van 9 tot 5", "09:00-17:00"),
        ("hours_1", "17:00-09:00", "09:00-17:00"),
        ("summary", "Bel Jan op 06 12 34 56 78", "geen gegevens van mensen"),
        ("phone", "bel maar", "cijfers"),
        ("kind", "bestaat-niet", "kind"),
    ],
)
def test_what_is_wrong_is_told_at_the_field_and_nothing_is_stored(
    client, coordinator, field, value, text
):
    place = MunicipalityFactory()
    data = card(municipality=place.pk, **{field: value})

    response = client.post("/werkplek/netwerk/organisatie-toevoegen/", data)

    assert response.status_code == 422
    assert text in response.content.decode()
    assert not Organisation.objects.exists()


def test_the_database_refuses_an_unknown_kind():
    with pytest.raises(IntegrityError):
        OrganisationFactory(kind="persoon")


def test_no_cell_of_a_table_is_calculated(client, professional):
    OrganisationFactory(name="=HYPERLINK(1)", slug="formule", summary="+1+1", phone="@SOM(1)")

    text = client.get("/netwerk/organisaties/lijst.csv").content.decode("utf-8-sig")

    assert "'=HYPERLINK(1)" in text
    assert "'+1+1" in text
    assert all(safe_cell(start)[0] == "'" for start in ("=", "+", "-", "@", "\t", "\r"))


def test_a_vcard_is_read_back_with_functions_and_no_person(client, professional):
    one = OrganisationFactory(name="De Brug; Demodam", slug="brug", phone="088 1")
    ContactFunctionFactory(organisation=one)

    read = vobject.readOne(client.get("/netwerk/organisaties/brug/kaart.vcf").content.decode())

    assert read.fn.value == "De Brug; Demodam"
    assert [number.value for number in read.contents["tel"]] == ["088 1", "088 000 11 11"]
    assert "Wachtdienst" in read.note.value


def upload(client, text):
    file = SimpleUploadedFile("lijst.csv", text.encode(), "text/csv")
    return client.post("/werkplek/netwerk/importeren/", {"file": file})


def test_an_import_changes_nothing_before_somebody_says_so(client, coordinator):
    MunicipalityFactory()
    OrganisationFactory(name="De Brug", phone="1")
    text = "naam;soort;gemeente;telefoon\nDe Brug;zorg;demodam;2\nNieuw;sport;demodam;3\n;x;y;4\n"

    response = upload(client, text)

    assert response.status_code == 302
    assert Organisation.objects.get().phone == "1"
    plan = Import.objects.get()
    assert [row["state"] for row in plan.rows] == ["changed", "new", "wrong"]
    client.post(response.url + "uitvoeren/")
    assert {one.name: one.phone for one in Organisation.objects.all()} == {
        "De Brug": "2",
        "Nieuw": "3",
    }


def test_an_export_can_be_imported_and_then_everything_is_the_same(client, coordinator):
    OrganisationFactory(name="De Brug", phone="+31 88 000", sectors=[SectorFactory()])
    text = client.get("/netwerk/organisaties/lijst.csv").content.decode("utf-8-sig")

    upload(client, text)

    assert [row["changes"] for row in Import.objects.get().rows] == [[]]


@pytest.mark.parametrize(
    "text", ["naam;geboortedatum\nJan;1-1-1990", "x", "", "naam\x00", 'naam;soort\n"open']
)
def test_a_file_with_other_columns_is_refused(client, coordinator, text):
    assert upload(client, text).status_code == 422
    assert not Import.objects.exists()


def test_an_import_touches_no_card_of_the_municipality_next_door(client, coordinator):
    OrganisationFactory(name="Polderhulp", elsewhere=True, phone="1")

    response = upload(client, "naam;gemeente;telefoon\nPolderhulp;polderveen;2")

    client.post(response.url + "uitvoeren/")
    assert Organisation.objects.get().phone == "1"


def test_two_cards_become_one_and_are_parted_again():
    coordinator = UserFactory(roles=["netwerkregisseur"])
    youth, care = SectorFactory(), SectorFactory(name="Zorg")
    kept = OrganisationFactory(name="De Brug", sectors=[youth], phone="")
    double = OrganisationFactory(name="Stg De Brug", sectors=[care], phone="088 9")
    ContactFunctionFactory(organisation=double)

    merge = merge_cards(kept, merged=double, by=coordinator)

    assert list(Organisation.objects.current()) == [kept]
    assert {sector.slug for sector in kept.sectors.all()} == {"jongerenwerk", "zorg"}
    assert kept.contacts.count() == 1
    assert kept.phone == "088 9"
    part_cards(merge, by=coordinator)
    kept.refresh_from_db()
    assert kept.phone == ""
    assert [sector.slug for sector in kept.sectors.all()] == ["jongerenwerk"]
    assert double.contacts.count() == 1
    assert Organisation.objects.current().count() == 2


def test_a_merge_is_undone_once_and_only_by_who_keeps_the_network():
    coordinator = UserFactory(roles=["netwerkregisseur"])
    merge = merge_cards(OrganisationFactory(), merged=OrganisationFactory(), by=coordinator)

    with pytest.raises(PermissionDenied):
        part_cards(merge, by=UserFactory(roles=["professional"]))
    part_cards(merge, by=coordinator)
    with pytest.raises(CannotPart):
        part_cards(merge, by=coordinator)


def test_a_keeper_of_a_card_makes_no_new_one():
    keeper = UserFactory(roles=["instelling"])

    with pytest.raises(PermissionDenied):
        save_card(Organisation(), values={"name": "x"}, hours=[], contacts=[], by=keeper)


def test_a_card_nobody_confirmed_for_half_a_year_is_asked_about_once(mailoutbox):
    keeper = UserFactory(roles=["instelling"])
    OrganisationFactory(name="Oud", old=True, keepers=[keeper])
    OrganisationFactory(name="Vers", keepers=[keeper])

    call_command("ask_for_confirmation", execute=True, verbosity=0)
    call_command("ask_for_confirmation", execute=True, verbosity=0)

    assert [letter.to for letter in mailoutbox] == [[keeper.email]]
    assert "/netwerk/organisaties/oud/" in mailoutbox[0].body


def test_a_keeper_confirms_with_one_click(client):
    keeper = UserFactory(roles=["instelling"])
    one = OrganisationFactory(name="Oud", old=True, keepers=[keeper])
    sign_in(client, keeper)

    client.post("/netwerk/organisaties/oud/bevestigen/")

    one.refresh_from_db()
    assert not one.needs_confirmation


@pytest.mark.parametrize("register", ["organisation", "sector", "language"])
def test_a_coordinator_keeps_the_registers_in_beheer_with_an_export(client, coordinator, register):
    OrganisationFactory(sectors=[SectorFactory()])

    address = f"/beheer/network_directory/{register}/"
    assert client.get(address).status_code == 200
    assert client.get(address + "?export=csv").status_code == 200


def test_a_redacteur_keeps_no_register_of_the_network(client):
    sign_in(client, UserFactory(roles=["redacteur"]))

    assert client.get("/beheer/network_directory/organisation/").status_code == 302
