"""The registers of the region in /beheer/: who keeps them, and that they open."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail_modeladmin.options import ModelAdmin

from portal.regions.models import Area, Municipality, ThemeTokens, Zone, ZoneSwitch
from portal.regions.wagtail_hooks import RegionGroup
from tests.factories.accounts import UserFactory
from tests.factories.regions import MunicipalityFactory
from tests.factories.signing_in import sign_in

pytestmark = pytest.mark.django_db
REGISTERS = [admin.model._meta.model_name for admin in RegionGroup.items]


@pytest.fixture(autouse=True)
def demodam():
    """A municipality with one of everything."""
    place = MunicipalityFactory()
    Area.objects.create(municipality=place, name="Havenkwartier", slug="havenkwartier")
    ThemeTokens.objects.create(
        municipality=place, name="Demodam", brand="#0a5a7d", action="#0a5a7d", accent="#c8102e"
    )
    ZoneSwitch.objects.create(municipality=place, zone=Zone.MELDPUNT)
    return place


@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("role", ["functioneel-beheerder", "regiobeheerder"])
def test_who_manages_the_region_opens_a_register_and_what_is_in_it(client, register, role):
    sign_in(client, UserFactory(roles=[role]))

    listing = client.get(f"/beheer/regions/{register}/")
    row = next(
        admin.model for admin in RegionGroup.items if admin.model._meta.model_name == register
    )
    form = client.get(f"/beheer/regions/{register}/edit/{row.objects.get().pk}/")

    assert (listing.status_code, form.status_code) == (200, 200)
    assert "Demodam" in listing.content.decode()


@pytest.mark.parametrize("register", REGISTERS)
def test_an_editor_has_no_business_in_the_registers(client, register):
    sign_in(client, UserFactory(roles=["redacteur"]))

    assert "Demodam" not in client.get(f"/beheer/regions/{register}/").content.decode()


def test_the_list_of_zones_says_in_words_which_are_on(client):
    sign_in(client, UserFactory(roles=["functioneel-beheerder"]))
    before = client.get("/beheer/regions/zoneswitch/").content.decode()
    ZoneSwitch.objects.update(
        is_on=True,
        dpia_reference="DPIA (fictief)",
        dpo_advice_on=date(2026, 1, 1),
        process_owner="Teamleider (fictief)",
        confirmed_on=date(2026, 1, 2),
    )

    assert ">Uit<" in before.replace(" ", "").replace("\n", "")
    after = client.get("/beheer/regions/zoneswitch/").content.decode()
    assert ">Aan<" in after.replace(" ", "").replace("\n", "")


def test_a_register_shows_no_picture_of_djangos_admin():
    assert issubclass(RegionGroup.items[0], ModelAdmin)
    for admin in RegionGroup.items:
        fields = {field.name: field for field in admin.model._meta.get_fields()}
        shown = [fields[name] for name in admin.list_display if name in fields]
        assert [f.name for f in shown if f.get_internal_type() == "BooleanField"] == []


def test_a_municipality_without_anything_is_deleted(client):
    empty = MunicipalityFactory(name="Tikfout")
    sign_in(client, UserFactory(roles=["functioneel-beheerder"]))

    page = client.post(f"/beheer/regions/municipality/delete/{empty.pk}/", follow=True)

    assert "Tikfout is verwijderd" in page.content.decode()
    assert not Municipality.objects.filter(pk=empty.pk).exists()


@pytest.mark.parametrize("way", ["one", "many"])
def test_an_account_is_not_deleted_in_the_editor(client, way):
    root, person = UserFactory(is_superuser=True), UserFactory()
    sign_in(client, root)
    address = {
        "one": reverse("wagtailusers_users:delete", args=[person.pk]),
        "many": f"/beheer/bulk/accounts/user/delete/?id={person.pk}",
    }[way]

    page = client.post(address, follow=True)

    assert page.status_code == 200
    assert "Een account verwijdert u hier niet" in page.content.decode()
    assert type(person).objects.filter(pk=person.pk).exists()
