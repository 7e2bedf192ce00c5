"""How many reports came in: for who answers for a meldpunt, and never so that one can be told."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from meldpunt.reports.models import Report
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.destruction import destroy_report
from meldpunt.reports.services.totals import quarter_of, quarters_before, totals_for
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.meldpunt import browser, report

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
TODAY = date(2031, 5, 20)  # in the second quarter


@pytest.fixture
def owner(demodam):
    return UserFactory(roles=["portefeuillehouder"], roles__at=demodam)


def came_in(place, **weeks):
    """So many reports in each week, such as ``w2031_01=7``."""
    for name, count in weeks.items():
        for _number in range(count):
            made, _code = report(place)
            with working_in([place.pk]):
                Report.objects.filter(pk=made.pk).update(week=name[1:].replace("_", "-W"))


def shown(user):
    found = totals_for(user, today=TODAY)
    return {name: dict(zip(found.quarters, row, strict=True)) for name, row in found.rows}


def test_who_answers_for_a_meldpunt_sees_how_many_came_in_each_quarter(demodam, owner):
    came_in(demodam, w2030_52=6, w2031_01=3, w2031_13=4)
    assert shown(owner)["Demodam"]["2031-K1"] == 7


@pytest.mark.parametrize("count", [1, 4])
def test_abuse_25_one_to_four_reports_are_hidden(demodam, owner, count):
    came_in(demodam, w2031_01=count)
    assert shown(owner)["Demodam"]["2031-K1"] is None


def test_abuse_25_the_quarter_that_runs_is_not_there(demodam, owner):
    """Somebody who looks every day would see each report come in."""
    came_in(demodam, w2031_15=9)
    assert 9 not in shown(owner)["Demodam"].values()
    assert "2031-K2" not in shown(owner)["Demodam"]


def test_abuse_25_no_difference_of_shown_numbers_tells_a_small_one(demodam, polderveen, owner):
    MembershipFactory(user=owner, role="portefeuillehouder", municipality=polderveen)
    came_in(demodam, w2031_01=2, w2030_41=6)
    came_in(polderveen, w2031_01=7, w2030_41=5)
    found = shown(owner)
    assert found["Demodam"]["2031-K1"] is None
    assert found["Polderveen"]["2031-K1"] is None  # else a total of the quarter would tell


def test_abuse_25_a_report_that_is_destroyed_changes_no_number(demodam, owner):
    came_in(demodam, w2031_01=5)
    before = shown(owner)
    destroy_report(Report.objects.first(), rule="verzoek", by="system")
    assert shown(owner) == before


def test_numbers_of_the_neighbours_are_not_there(demodam, polderveen, owner):
    came_in(polderveen, w2031_01=9)
    assert set(shown(owner)) == {"Demodam"}
    assert 9 not in shown(owner)["Demodam"].values()


def test_the_page_has_the_numbers_and_no_report(demodam, owner):
    came_in(demodam, w2031_01=6)
    made = Report.objects.first()
    with time_machine.travel("2031-05-20 12:00", tick=False):
        owner.memberships.update(valid_until="2032-01-01")
        text = browser(owner).get("/werkplek/meldingen/totalen/").content.decode()
    assert "<td>6</td>" in text
    assert made.shown_ref not in text


@pytest.mark.parametrize("role", ["meldpuntmedewerker", "fg", "functioneel-beheerder", "redacteur"])
def test_who_has_no_right_to_totals_gets_no_page(demodam, role):
    person = UserFactory(roles=[role], roles__at=demodam)
    assert browser(person).get("/werkplek/meldingen/totalen/").status_code == 404


@pytest.mark.parametrize("count", [1, 6])
def test_the_numbers_cost_as_many_questions_for_few_as_for_many(
    demodam, owner, count, django_assert_num_queries
):
    came_in(demodam, **{f"w2031_{week:02}": 1 for week in range(1, count + 1)})
    owner.municipalities_where("reports:T")
    with django_assert_num_queries(2):
        totals_for(owner, today=TODAY)


def test_a_quarter_has_thirteen_weeks_and_the_last_one_the_53rd():
    weeks = {
        "2026-W01": "K1",
        "2026-W13": "K1",
        "2026-W14": "K2",
        "2026-W40": "K4",
        "2026-W53": "K4",
    }
    assert {week: quarter_of(week)[5:] for week in weeks} == weeks
    assert quarters_before(date(2031, 1, 2))[-1] == "2030-K4"
    assert quarters_before(date(2031, 1, 2))[0] == "2029-K1"
    assert timezone.localdate()
