"""The register of processings that the law asks, out of what the portal really does."""

import csv
import io

import pytest
from django.core.management import call_command

from meldpunt.reports.services.register import REGISTER
from portal.audit.processing import ACTIVITIES
from portal.regions.models import ZoneSwitch
from tests.factories.meldpunt import open_zone
from tests.factories.regions import MunicipalityFactory


def printed():
    out = io.StringIO()
    call_command("meldpunt_register", stdout=out)
    return list(csv.reader(io.StringIO(out.getvalue().lstrip("\ufeff")), delimiter=";"))


def test_every_activity_of_the_log_of_processings_stands_in_the_register_and_no_other():
    assert {one.activity for one in REGISTER} == set(ACTIVITIES.values())


@pytest.mark.django_db
def test_the_register_tells_the_terms_that_are_applied_in_each_municipality(settings):
    settings.MELDPUNT_RETENTION_BY_MUNICIPALITY = {"demodam": {"advised": 60}}
    for name in ("Demodam", "Polderveen"):
        open_zone(MunicipalityFactory(name=name, slug=name.lower()))
    MunicipalityFactory(name="Zonder meldpunt")

    head, *lines = printed()

    assert len(lines) == 2 * len(REGISTER)
    (demodam, polderveen) = (line for line in lines if line[0] == "melding-ontvangen")
    assert (demodam[1], polderveen[1]) == ("Demodam", "Polderveen")
    assert "Advies gegeven: 60 dagen" in demodam[head.index("Hoe lang bewaard")]
    assert "Advies gegeven: 90 dagen" in polderveen[head.index("Hoe lang bewaard")]
    assert demodam[head.index("DPIA")] == "DPIA (fictief)"


@pytest.mark.django_db
def test_nothing_in_the_register_is_calculated_by_a_spreadsheet():
    open_zone(MunicipalityFactory())
    ZoneSwitch.objects.update(process_owner="=1+1")

    assert printed()[1][2] == "'=1+1"
