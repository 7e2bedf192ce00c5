import pytest

from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.upload_settings import set_uploads
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import ROOT, open_desk
from tests.factories.regions import MunicipalityFactory
from tests.factories.scanner import Clamd


@pytest.fixture(autouse=True)
def secrets(settings):
    """The secrets of a process that serves every surface."""
    settings.MELDPUNT_WEB_PEPPER = "11" * 32
    settings.MELDPUNT_STAFF_PEPPER = "22" * 32
    settings.MELDPUNT_RECEIPT_KEY = "33" * 32
    settings.MELDPUNT_AUDIT_KEY = "44" * 32
    settings.MELDPUNT_ROOT_KEY = ROOT.public().material.hex()


@pytest.fixture
def demodam(db):
    """Demodam with an open desk; the test works inside it."""
    place = MunicipalityFactory()
    place.holders = open_desk(place)
    with working_in([place.pk]):
        yield place


@pytest.fixture
def polderveen(db):
    """The municipality next door, with an open desk of its own."""
    place = MunicipalityFactory(name="Polderveen")
    place.holders = open_desk(place)
    return place


@pytest.fixture(scope="session")
def clamd(tmp_path_factory):
    """A scanner of our own, which knows one harmful file; its socket."""
    with Clamd(tmp_path_factory.mktemp("clamd")) as running:
        yield running


@pytest.fixture
def scanner(clamd, settings):
    """The portal asks that scanner."""
    settings.MELDPUNT_CLAMAV_SOCKET = clamd.socket
    return clamd


@pytest.fixture
def takes_files(demodam, scanner):
    """Demodam takes files, and keeps originals for who asks."""
    manager = UserFactory(roles=["functioneel-beheerder"])
    set_uploads(demodam, is_on=True, keeps_originals=True, by=manager)
    return demodam
