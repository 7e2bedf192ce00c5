from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from meldpunt.reports.management.demo_texts import STORIES
from meldpunt.reports.models import Report
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.worklist import worklist
from meldpunt.reports.workflow import ReportState
from meldpunt.vault import process_secrets
from meldpunt.vault.services import unlocking
from portal.accounts.models import User
from tests.factories.meldpunt import open_zone
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO_MODE = True
    settings.MELDPUNT_SECRETS_FILE = str(tmp_path / "secrets.json")
    for name in ("WEB_PEPPER", "STAFF_PEPPER", "ROOT_KEY", "RECEIPT_KEY"):
        setattr(settings, f"MELDPUNT_{name}", "")
    places = [MunicipalityFactory(name=name) for name in ("Demodam", "Polderveen")]
    for place in places:
        open_zone(place)
    return places[0]


def test_the_demo_has_a_report_in_every_state(demo):
    told = StringIO()
    call_command("demo_reports", stdout=told)
    phrases = process_secrets.demo_notes()["passphrases"]
    email = "meldpuntmedewerker@lindekade.example"
    assert phrases[email] in told.getvalue()
    person = User.objects.get(email=email)
    keys = unlocking.keys_of(person, passphrase=phrases[email])
    with working_in([demo.pk]):
        states = {one.entry.state for one in worklist(person, keys=keys, closed=True)}
        phases = set(Report.objects.values_list("phase", flat=True))
    assert states == set(ReportState) - {ReportState.DESTROYED}
    assert "destroyed" in phases


def test_a_second_run_keeps_everything_and_tells_it_again(demo):
    call_command("demo_reports", stdout=StringIO())
    with working_in([demo.pk]):
        before = Report.objects.count()
    told = StringIO()
    call_command("demo_reports", stdout=told)
    with working_in([demo.pk]):
        assert Report.objects.count() == before
    assert "Meldcodes" in told.getvalue()


def test_keys_without_their_secrets_are_never_made_anew(demo, settings, tmp_path):
    call_command("demo_reports", stdout=StringIO())
    settings.MELDPUNT_SECRETS_FILE = str(tmp_path / "elsewhere.json")
    with pytest.raises(CommandError, match="secrets is gone"):
        call_command("demo_reports", stdout=StringIO())


def test_outside_the_demo_it_does_nothing(settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError):
        call_command("demo_reports")


def test_every_invented_report_says_that_it_is_invented():
    for story in [story for stories in STORIES.values() for story in stories]:
        assert "fictief" in story.facts
