"""Files are off until the functional manager of a municipality switches them on."""

import pytest
from django.db import IntegrityError, transaction

from meldpunt.reports.models import UploadSetting
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.upload_settings import NotReady, set_uploads, setting_of
from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import browser

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
ADDRESS = "/werkplek/meldingen/bestanden/"


@pytest.fixture
def manager(demodam):
    return browser(UserFactory(roles=["functioneel-beheerder"]))


def test_a_municipality_begins_with_files_off(demodam):
    setting = setting_of(demodam)

    assert (setting.is_on, setting.keeps_originals) == (False, False)


@pytest.mark.clamav
def test_the_functional_manager_switches_files_on_and_off_and_leaves_a_trace(
    demodam, scanner, manager
):
    page = manager.get(ADDRESS, {"gemeente": demodam.slug}).content.decode()
    assert "ClamAV 1." in page

    on = {"gemeente": demodam.slug, "aan": "on", "originelen": "on"}
    assert manager.post(ADDRESS, on).status_code == 302
    assert (setting_of(demodam).is_on, setting_of(demodam).keeps_originals) == (True, True)
    assert manager.post(ADDRESS, {"gemeente": demodam.slug}).status_code == 302
    assert not setting_of(demodam).is_on
    details = [one.details for one in AuditEvent.objects.filter(action="report.uploads_changed")]
    assert details == [{"on": True, "originals": True}, {"on": False, "originals": False}]


def test_without_a_scanner_files_stay_off(demodam, manager, settings, tmp_path):
    settings.MELDPUNT_CLAMAV_SOCKET = str(tmp_path / "none")

    page = manager.post(ADDRESS, {"gemeente": demodam.slug, "aan": "on"})

    assert page.status_code == 400
    assert "Daarom blijven ze uit" in page.content.decode()
    assert not setting_of(demodam).is_on


@pytest.mark.clamav
def test_without_the_renderer_files_stay_off(demodam, scanner, tmp_path, monkeypatch):
    from meldpunt.reports.safe_copies import sandbox

    monkeypatch.setattr(sandbox, "RENDERER", tmp_path / "none.py")

    with pytest.raises(NotReady):
        set_uploads(
            demodam,
            is_on=True,
            keeps_originals=False,
            by=UserFactory(roles=["functioneel-beheerder"]),
        )


def test_originals_of_nothing_are_not_kept(demodam, manager):
    page = manager.post(ADDRESS, {"gemeente": demodam.slug, "originelen": "on"})

    assert page.status_code == 400
    assert "Zet eerst bestanden aan" in page.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        UploadSetting.objects.create(municipality=demodam, is_on=False, keeps_originals=True)


@pytest.mark.clamav
def test_staff_of_the_meldpunt_see_the_setting_and_can_not_change_it(demodam, scanner):
    client = browser(demodam.holders[0])

    page = client.get(ADDRESS)
    assert "De functioneel beheerder kan dit veranderen" in page.content.decode()
    assert client.post(ADDRESS, {"aan": "on"}).status_code == 404
    assert not setting_of(demodam).is_on


def test_the_setting_of_one_municipality_says_nothing_of_another(demodam, polderveen):
    UploadSetting.objects.create(municipality=demodam, is_on=True)

    assert not setting_of(polderveen).is_on
    with working_in([polderveen.pk]):
        assert not UploadSetting.objects.exists()


def test_another_municipality_in_the_address_is_not_there(demodam, polderveen):
    client = browser(demodam.holders[0])

    assert client.get(ADDRESS, {"gemeente": polderveen.slug}).status_code == 404
