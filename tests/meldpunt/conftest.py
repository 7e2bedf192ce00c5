import pytest

from meldpunt.reports.querysets import working_in
from tests.factories.meldpunt import ROOT, open_desk
from tests.factories.regions import MunicipalityFactory


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
