from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import handling
from meldpunt.reports.services.destruction import destroy_report
from meldpunt.reports.services.transfers import transfers_for
from meldpunt.reports.workflow import ReportState
from tests.factories.meldpunt import browser, handled, report, work_on
from tests.meldpunt.reports.test_handling import WEIGHING

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
ADDRESS = "/werkplek/meldingen/overdrachten/"


@pytest.fixture
def transferred(demodam):
    """A report that went to another organisation and is closed; with the keys of a holder."""
    first, second = demodam.holders
    demodam.report, _code = report(demodam)
    work, keys = handled(demodam.report, first)
    handling.take_step(work, to=ReportState.FOR_WEIGHING, recorded=WEIGHING, keys=keys, by=first)
    work, keys_of_second = work_on(demodam.report, second)
    handling.agree(work, keys=keys_of_second, by=second)
    work, keys = work_on(demodam.report, first)
    recorded = {
        "recipient": "Zorg- en Veiligheidshuis, procesregisseur",
        "transfer_channel": "phone",
        "confirmed_on": timezone.localdate().isoformat(),
    }
    work = handling.take_step(
        work, to=ReportState.TRANSFERRED, recorded=recorded, keys=keys, by=first
    )
    handling.take_step(
        work, to=ReportState.CLOSED, recorded={"feedback": "Klaar."}, keys=keys, by=first
    )
    demodam.keys = keys
    return demodam


def test_a_transfer_is_on_record_with_its_basis_and_without_its_content(transferred):
    [line] = transfers_for(transferred.holders[0], keys=transferred.keys)
    assert line.told["recipient"] == "Zorg- en Veiligheidshuis, procesregisseur"
    assert line.told["legal_basis"] == "Convenant 2026"
    assert len(line.told["signal"]) == 9
    assert line.told["signal"] != transferred.report.shown_ref
    assert "plein" not in str(line.told)


def test_the_record_outlives_the_report_and_ends_after_five_years(transferred):
    destroy_report(transferred.report, rule="retention term", by="system")
    assert len(transfers_for(transferred.holders[0], keys=transferred.keys)) == 1
    with time_machine.travel(timezone.now() + timedelta(days=5 * 365 + 1), tick=False):
        person = transferred.holders[0]
        person.__dict__.pop("valid_memberships", None)
        assert transfers_for(person, keys=transferred.keys) == []


def test_the_screen_shows_it_to_the_own_meldpunt_only(transferred, polderveen):
    ours = browser(transferred.holders[1], unlocked=True)
    assert "procesregisseur" in ours.get(ADDRESS).content.decode()
    theirs = browser(polderveen.holders[0], unlocked=True)
    assert "procesregisseur" not in theirs.get(ADDRESS).content.decode()
    with working_in([transferred.pk, polderveen.pk]):
        assert transfers_for(polderveen.holders[0], keys=transferred.keys) == []


def test_a_report_that_went_nowhere_is_not_on_record(demodam):
    client = browser(demodam.holders[0], unlocked=True)
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert page.context["rows"] == []
