from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from meldpunt.reports.models import Channel, IndexEntry, Kind, Language, Report, Urgency
from meldpunt.reports.services import deadlines, escalation
from meldpunt.reports.services.worklist import worklist
from meldpunt.reports.workflow import ReportState
from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import handled, report, work_on

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
CHRISTMAS_EVE = date(2026, 12, 24)  # a Thursday


def entry(**fields):
    words = {
        "kind": Kind.WORRY,
        "urgency": Urgency.NORMAL,
        "channel": Channel.WEB,
        "language": Language.NL,
        "received": CHRISTMAS_EVE,
    }
    return IndexEntry(**words | fields)


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({}, date(2026, 12, 29)),  # Christmas and the weekend do not count
        ({"urgency": Urgency.SOON}, date(2026, 12, 28)),
        ({"state": ReportState.IN_TRIAGE}, date(2027, 1, 4)),  # nor does New Year's Day
        (
            {"state": ReportState.AWAITING_REPORTER, "state_since": date(2026, 12, 25)},
            date(2027, 1, 8),
        ),
        (
            {"state": ReportState.FOR_WEIGHING, "weighing_on": date(2027, 1, 4)},
            date(2027, 1, 11),
        ),
        ({"state": ReportState.ADVISED}, date(2027, 1, 11)),
        ({"state": ReportState.ADVISED, "interim_on": date(2027, 1, 11)}, date(2027, 1, 25)),
        ({"state": ReportState.CLOSED}, None),
    ],
)
def test_every_state_has_its_deadline_in_working_days(fields, due):
    assert deadlines.due_on(entry(**fields)) == due


def test_the_desk_can_be_closed_on_more_days(settings):
    settings.MELDPUNT_DAYS_OFF = ["2026-12-28"]
    assert deadlines.due_on(entry(urgency=Urgency.SOON)) == date(2026, 12, 29)


def test_terms_are_settings(settings):
    settings.MELDPUNT_DEADLINES = {**settings.MELDPUNT_DEADLINES, "triage_days": 1}
    assert deadlines.due_on(entry()) == date(2026, 12, 28)


def test_after_fourteen_days_without_an_answer_the_desk_goes_on(demodam):
    from meldpunt.reports.services import handling

    made, _code = report(demodam)
    by = demodam.holders[0]
    work, keys = handled(made, by)
    work = handling.take_step(
        work,
        to=ReportState.AWAITING_REPORTER,
        recorded={"question": "Wanneer was het?"},
        keys=keys,
        by=by,
    )
    with time_machine.travel(timezone.now() + timedelta(days=14), tick=False):
        assert work_on(made, by)[0].entry.state is ReportState.AWAITING_REPORTER
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        assert work_on(made, by)[0].entry.state is ReportState.IN_TRIAGE


def owner_of(place):
    return UserFactory(roles=["portefeuillehouder"], roles__at=place)


def next_wednesday():
    """A day after today on which people are at their desks."""
    day = timezone.localdate() + timedelta(days=7)
    day -= timedelta(days=day.weekday() - 2)
    while not all(deadlines.is_working_day(one) for one in (day, day + timedelta(days=7))):
        day += timedelta(days=7)
    return day


def old_report(place):
    made, _code = report(place, received=timezone.localdate() - timedelta(days=60))
    return made


def test_after_six_weeks_the_owner_hears_it_once_a_week(demodam, polderveen):
    old_report(demodam)
    owner = owner_of(demodam)
    owner_elsewhere = owner_of(polderveen)
    wednesday = next_wednesday()
    with time_machine.travel(wednesday, tick=False):
        assert escalation.escalate(today=wednesday) == 3
        assert escalation.escalate(today=wednesday + timedelta(days=1)) == 0
    with time_machine.travel(wednesday + timedelta(days=7), tick=False):
        assert escalation.escalate(today=wednesday + timedelta(days=7)) == 3
    to = [letter.to[0] for letter in mail.outbox]
    assert owner.email in to and demodam.holders[0].email in to
    assert owner_elsewhere.email not in to
    assert AuditEvent.objects.filter(action="report.escalated").count() == 2


def test_a_letter_about_overdue_work_says_nothing_of_it(demodam, polderveen):
    made = old_report(demodam)
    owner_of(demodam)
    escalation.escalate(today=next_wednesday())
    letters = {(letter.subject, letter.body) for letter in mail.outbox}
    assert len(letters) == 1
    text = str(letters)
    for word in (made.ref, made.shown_ref, "Demodam", "melding", "plein", "60", "42"):
        assert word not in text


def test_nobody_hears_of_reports_that_are_on_time_or_on_a_sunday(demodam):
    report(demodam)
    owner_of(demodam)
    wednesday = next_wednesday()
    assert escalation.escalate(today=wednesday) == 0
    old_report(demodam)
    assert escalation.escalate(today=wednesday + timedelta(days=4)) == 0
    assert not mail.outbox


def test_an_overdue_report_is_marked_and_never_closed_by_itself(demodam):
    made = old_report(demodam)
    call_command("meldpunt_escalate")
    work, keys = work_on(made, demodam.holders[0])
    assert deadlines.must_escalate(work.entry, on=timezone.localdate())
    assert work.entry.state is ReportState.RECEIVED
    assert Report.objects.get(pk=made.pk).phase == "open"
    assert [one.ref for one in worklist(demodam.holders[0], keys=keys)] == [made.ref]
