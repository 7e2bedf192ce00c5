import pytest
from django.core.cache import cache

from tests.factories.meldpunt import ROOT


@pytest.fixture(autouse=True)
def secrets(settings):
    """The secrets of a process that serves every surface."""
    settings.MELDPUNT_WEB_PEPPER = "11" * 32
    settings.MELDPUNT_STAFF_PEPPER = "22" * 32
    settings.MELDPUNT_RECEIPT_KEY = "33" * 32
    settings.MELDPUNT_ROOT_KEY = ROOT.public().material.hex()
    cache.clear()
