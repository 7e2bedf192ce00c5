from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from meldpunt.reports.models import Urgency
from meldpunt.reports.services import assignment, guards, handling, reading
from meldpunt.reports.services.worklist import worklist
from meldpunt.reports.workflow import ReadReason, ReportState, StepNotAllowed
from tests.factories.meldpunt import browser, handled, report, third_holder, work_on
from tests.meldpunt.reports.test_handling import WEIGHING

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
LIST = "/werkplek/meldingen/"


@pytest.fixture
def desk(demodam):
    """Three holders; the first one handles a report."""
    third_holder(demodam)
    demodam.report, demodam.code = report(demodam)
    demodam.work, demodam.keys = handled(demodam.report, demodam.holders[0])
    return demodam


def internal(work, keys, person):
    opened = reading.read_report(work, reason=ReadReason.HANDLING, keys=keys, by=person)
    return opened.history


def test_who_takes_a_new_report_sets_how_soon_it_must_be_looked_at(demodam):
    made, _code = report(demodam)
    work, keys = work_on(made, demodam.holders[0])
    work = assignment.assign_to_self(work, urgency=Urgency.SOON, keys=keys, by=demodam.holders[0])
    assert (work.entry.urgency, work.entry.assignee) == (Urgency.SOON, demodam.holders[0].pk)


def test_a_colleague_can_not_take_over_what_is_on_time(desk):
    work, keys = work_on(desk.report, desk.holders[1])
    with pytest.raises(PermissionDenied):
        assignment.assign_to_self(work, why="Leek mij leuk.", keys=keys, by=desk.holders[1])


def test_a_deputy_takes_over_at_once(desk):
    assignment.name_deputy(desk.work, deputy=desk.holders[1], keys=desk.keys, by=desk.holders[0])
    work, keys = work_on(desk.report, desk.holders[1])
    assert not assignment.must_say_why(work, desk.holders[1])
    work = assignment.assign_to_self(work, keys=keys, by=desk.holders[1])
    assert (work.entry.assignee, work.entry.deputy) == (desk.holders[1].pk, None)


def test_after_the_deadline_any_colleague_takes_over_and_says_why(desk):
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        work, keys = work_on(desk.report, desk.holders[1])
        assert assignment.must_say_why(work, desk.holders[1])
        work = assignment.assign_to_self(work, why="Ziek.", keys=keys, by=desk.holders[1])
    assert work.entry.assignee == desk.holders[1].pk
    assert internal(work, keys, desk.holders[1])[-1]["text"] == "Ziek."


def test_of_a_handler_who_left_any_colleague_takes_over(desk):
    desk.holders[0].memberships.update(ended_at="2026-01-01T00:00:00Z")
    work, keys = work_on(desk.report, desk.holders[1])
    assert assignment.assign_to_self(work, why="Vertrokken.", keys=keys, by=desk.holders[1])


@pytest.mark.parametrize("who", [0, None])
def test_only_a_colleague_who_can_open_it_becomes_deputy(desk, polderveen, who):
    person = polderveen.holders[0] if who is None else desk.holders[0]
    with pytest.raises(PermissionDenied):
        assignment.name_deputy(desk.work, deputy=person, keys=desk.keys, by=desk.holders[0])
    work, keys = work_on(desk.report, desk.holders[1])
    with pytest.raises(PermissionDenied):
        assignment.name_deputy(work, deputy=desk.holders[2], keys=keys, by=desk.holders[1])


def test_for_a_colleague_who_is_kept_away_the_report_does_not_exist(desk):
    away = desk.holders[1]
    assignment.exclude(
        desk.work, colleague=away, why="Is familie.", keys=desk.keys, by=desk.holders[0]
    )
    work, keys = work_on(desk.report, away)
    assert work is None
    assert desk.report.ref not in [one.ref for one in worklist(away, keys=keys)]
    client = browser(away, unlocked=True)
    theirs = client.get(f"{LIST}{desk.report.ref}/")
    nothing = client.get(f"{LIST}ZZZZZZZZ/")
    assert theirs.status_code == nothing.status_code == 404
    made_up = nothing.content.decode().replace("ZZZZZZZZ", desk.report.ref)
    assert theirs.content.decode() == made_up
    assert dict(theirs.items()) == dict(nothing.items())
    for deed in ("behandelen", "bericht", "notitie", "akkoord", "uitsluiten", "melder"):
        assert client.post(f"{LIST}{desk.report.ref}/{deed}/", {}).status_code == 404
    work, keys = work_on(desk.report, desk.holders[2])
    assert internal(work, keys, desk.holders[2])[-1]["text"] == "Is familie."


def test_a_handler_who_is_kept_away_leaves_a_free_report(desk):
    work, keys = work_on(desk.report, desk.holders[1])
    work = assignment.exclude(
        work, colleague=desk.holders[0], why="Gaat over hem.", keys=keys, by=desk.holders[1]
    )
    assert work.entry.assignee is None
    assert assignment.may_take(work, desk.holders[1])
    assert not assignment.may_take(work, desk.holders[0])


def test_two_people_always_stay_who_can_work_on_a_report(demodam):
    made, _code = report(demodam)
    work, keys = handled(made, demodam.holders[0])
    with pytest.raises(assignment.TooFewLeft):
        assignment.exclude(
            work, colleague=demodam.holders[1], why="x", keys=keys, by=demodam.holders[0]
        )


def test_somebody_elsewhere_can_not_be_kept_away_nor_keep_away(desk, polderveen):
    stranger = polderveen.holders[0]
    with pytest.raises(PermissionDenied):
        assignment.exclude(
            desk.work, colleague=stranger, why="x", keys=desk.keys, by=desk.holders[0]
        )
    with pytest.raises(PermissionDenied):
        assignment.exclude(
            desk.work, colleague=desk.holders[1], why="x", keys=desk.keys, by=stranger
        )


def weighed(desk):
    work = handling.take_step(
        desk.work,
        to=ReportState.FOR_WEIGHING,
        recorded=WEIGHING,
        keys=desk.keys,
        by=desk.holders[0],
    )
    work, keys = work_on(desk.report, desk.holders[1])
    handling.agree(work, keys=keys, by=desk.holders[1])
    return work_on(desk.report, desk.holders[0])


def withdrawn_by_reporter(desk):
    from uuid import uuid4

    from meldpunt.reports.services import conversation

    visit = conversation.find_visit(conversation.open_conversation(desk.code).text)
    conversation.withdraw(visit, message_id=uuid4())


def test_a_withdrawal_stops_weighing_only_through_the_handler(desk):
    weighed(desk)
    withdrawn_by_reporter(desk)
    work, keys = work_on(desk.report, desk.holders[0])
    assert (work.entry.state, work.entry.withdrawal_asked) == (ReportState.FOR_WEIGHING, True)
    with pytest.raises(guards.NotRecorded):
        assignment.keep_in_weighing(work, why=" ", keys=keys, by=desk.holders[0])
    work = assignment.keep_in_weighing(work, why="Gevaar.", keys=keys, by=desk.holders[0])
    assert not work.entry.withdrawal_asked
    with pytest.raises(StepNotAllowed):
        assignment.keep_in_weighing(work, why="Gevaar.", keys=keys, by=desk.holders[0])


def test_without_a_withdrawal_the_handler_can_not_withdraw_it(desk):
    work, keys = weighed(desk)
    with pytest.raises(guards.Refused):
        handling.take_step(
            work,
            to=ReportState.WITHDRAWN,
            recorded={"note": "x"},
            keys=keys,
            by=desk.holders[0],
        )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"basis_until": "2020-01-01"}, "basis_until"),
        ({"weighing_on": "2020-01-01"}, "weighing_on"),
        ({"weighing_on": "2099-01-01"}, "weighing_on"),
    ],
)
def test_weighing_needs_a_valid_basis_and_a_day_that_is_near(desk, change, field):
    with pytest.raises(guards.Refused) as refused:
        handling.take_step(
            desk.work,
            to=ReportState.FOR_WEIGHING,
            recorded=WEIGHING | change,
            keys=desk.keys,
            by=desk.holders[0],
        )
    assert refused.value.field == field


def test_a_basis_that_expires_during_weighing_blocks_the_transfer(desk):
    work, keys = weighed(desk)
    work = type(work)(
        work.report,
        work.entry.but(basis_until=timezone.localdate() - timedelta(days=1)),
        work.seq,
    )
    with pytest.raises(guards.Refused):
        handling.take_step(
            work,
            to=ReportState.TRANSFERRED,
            recorded={
                "recipient": "ZVH",
                "transfer_channel": "phone",
                "confirmed_on": timezone.localdate().isoformat(),
            },
            keys=keys,
            by=desk.holders[0],
        )


REFERRED = {
    "service": "Wijkteam",
    "referral_channel": "phone",
    "contact_consent": "no",
    "advice": "Bel het wijkteam.",
    "minimised": "Kort.",
    "minimised_done": True,
}


def test_with_danger_now_a_referral_is_to_the_police(demodam):
    made, _code = report(demodam, urgency=Urgency.NOW)
    by = demodam.holders[0]
    work, keys = handled(made, by)
    with pytest.raises(guards.Refused) as refused:
        handling.take_step(work, to=ReportState.REFERRED, recorded=REFERRED, keys=keys, by=by)
    assert refused.value.field == "referral_channel"
    recorded = REFERRED | {"referral_channel": "police"}
    work = handling.take_step(work, to=ReportState.REFERRED, recorded=recorded, keys=keys, by=by)
    assert work.entry.state is ReportState.REFERRED


def test_of_an_anonymous_reporter_nothing_can_be_passed_on(desk):
    with pytest.raises(guards.Refused) as refused:
        handling.take_step(
            desk.work,
            to=ReportState.REFERRED,
            recorded=REFERRED | {"contact_consent": "yes"},
            keys=desk.keys,
            by=desk.holders[0],
        )
    assert refused.value.field == "contact_consent"
