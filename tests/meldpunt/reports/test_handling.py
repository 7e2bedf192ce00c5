from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from meldpunt.reports.models import IndexBlob, Report, SealedPart, SecretWrap
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import assignment, guards, handling, reading
from meldpunt.reports.services.destruction import carry_out_orders
from meldpunt.reports.services.worklist import ChangedMeanwhile, Unreadable, worklist
from meldpunt.reports.workflow import STEPS, Phase, ReadReason, ReportState, StepNotAllowed, Who
from portal.audit.models import AuditEvent
from tests.factories.meldpunt import handled, report, staff, work_on

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
MINIMISED = {"minimised": "Spanning op een plein.", "minimised_done": True}
ADVISED = {"advice": "Praat met de jongerenwerker.", **MINIMISED}
WEIGHING = {
    "counter_indications": "geen",
    "proportionality": "Minder ingrijpend kan niet.",
    "legal_basis": "Convenant 2026",
    "basis_until": "2099-01-01",
    "weighing_on": (date.today() + timedelta(days=7)).isoformat(),
    **MINIMISED,
}


def read(work, keys, person):
    return reading.read_report(work, reason=ReadReason.HANDLING, keys=keys, by=person)


def test_staff_read_what_was_sent_after_giving_a_reason(demodam):
    made, _code = report(demodam)
    work, keys = work_on(made, demodam.holders[0])
    opened = read(work, keys, demodam.holders[0])
    assert "plein" in opened.answers["observed_facts"]
    event = AuditEvent.objects.get(action="report.opened")
    assert (event.reason, event.subject) == ("handling", f"report:{made.ref}")


def test_staff_of_another_municipality_find_nothing(demodam, polderveen):
    made, _code = report(demodam)
    with working_in([demodam.pk, polderveen.pk]):
        work, keys = work_on(made, polderveen.holders[0])
        assert work is None
        assert worklist(polderveen.holders[0], keys=keys) == []


def test_staff_without_the_key_can_not_read(demodam):
    made, _code = report(demodam)
    work, _keys = work_on(made, demodam.holders[0])
    from meldpunt.vault.encryption import UnlockedKeys

    with pytest.raises(Unreadable):
        reading.read_report(
            work, reason=ReadReason.HANDLING, keys=UnlockedKeys(()), by=staff(demodam)
        )


def test_only_the_handler_takes_the_steps_of_a_handler(demodam):
    made, _code = report(demodam)
    handled(made, demodam.holders[0])
    work, keys = work_on(made, demodam.holders[1])
    with pytest.raises(PermissionDenied):
        handling.take_step(
            work, to=ReportState.ADVISED, recorded=ADVISED, keys=keys, by=demodam.holders[1]
        )


def test_a_step_that_the_table_does_not_hold_is_refused(demodam):
    made, _code = report(demodam)
    work, keys = handled(made, demodam.holders[0])
    with pytest.raises(StepNotAllowed):
        handling.take_step(
            work,
            to=ReportState.CLOSED,
            recorded={"feedback": "x"},
            keys=keys,
            by=demodam.holders[0],
        )


@pytest.mark.parametrize("missing", ["advice", "minimised", "minimised_done"])
def test_advice_needs_everything_that_must_be_written_down(demodam, missing):
    made, _code = report(demodam)
    work, keys = handled(made, demodam.holders[0])
    with pytest.raises(guards.NotRecorded):
        handling.take_step(
            work,
            to=ReportState.ADVISED,
            recorded={**ADVISED, missing: ""},
            keys=keys,
            by=demodam.holders[0],
        )


def advised(demodam):
    made, code = report(demodam)
    work, keys = handled(made, demodam.holders[0])
    work = handling.take_step(
        work, to=ReportState.ADVISED, recorded=ADVISED, keys=keys, by=demodam.holders[0]
    )
    carry_out_orders(demodam)
    return made, work, keys, code


def test_after_advice_the_raw_answers_are_gone_and_the_short_text_stays(demodam):
    made, work, keys, _code = advised(demodam)
    opened = read(work, keys, demodam.holders[0])
    assert opened.answers is None
    assert opened.minimised == "Spanning op een plein."
    assert not SecretWrap.objects.filter(report=made, domain="report").exists()
    assert not SealedPart.objects.filter(report=made, domain="report").exists()


def test_closing_gives_feedback_and_sets_the_day_of_destruction(demodam):
    made, work, keys, _code = advised(demodam)
    with pytest.raises(guards.NotRecorded):
        handling.take_step(
            work, to=ReportState.CLOSED, recorded={}, keys=keys, by=demodam.holders[0]
        )
    work = handling.take_step(
        work,
        to=ReportState.CLOSED,
        recorded={"feedback": "Dit deden wij."},
        keys=keys,
        by=demodam.holders[0],
    )
    made.refresh_from_db()
    assert made.phase == Phase.CLOSED
    assert made.destroy_on is not None
    assert work.entry.outcome is ReportState.ADVISED
    assert read(work, keys, demodam.holders[0]).messages[-1]["text"] == "Dit deden wij."


def test_a_closed_report_can_be_opened_again_with_new_facts(demodam):
    made, work, keys, _code = advised(demodam)
    by = demodam.holders[0]
    work = handling.take_step(
        work, to=ReportState.CLOSED, recorded={"feedback": "Klaar."}, keys=keys, by=by
    )
    work = handling.take_step(
        work, to=ReportState.IN_TRIAGE, recorded={"new_facts": "Weer gezien."}, keys=keys, by=by
    )
    made.refresh_from_db()
    assert (made.phase, made.destroy_on) == (Phase.OPEN, None)


def test_weighing_waits_for_a_second_person_who_is_not_the_handler(demodam):
    made, _code = report(demodam)
    first, second = demodam.holders
    work, keys = handled(made, first)
    work = handling.take_step(
        work, to=ReportState.FOR_WEIGHING, recorded=WEIGHING, keys=keys, by=first
    )
    assert work.entry.state is ReportState.IN_TRIAGE
    assert work.entry.pending is ReportState.FOR_WEIGHING
    with pytest.raises(PermissionDenied):
        handling.agree(work, keys=keys, by=first)
    work, keys = work_on(made, second)
    work = handling.agree(work, keys=keys, by=second)
    assert work.entry.state is ReportState.FOR_WEIGHING
    assert work.entry.second == second.pk


def test_misuse_needs_a_second_person_and_no_concern_does_not(demodam):
    for reason, state in (
        ("misuse", ReportState.IN_TRIAGE),
        ("no_concern", ReportState.NO_FOLLOW_UP),
    ):
        made, _code = report(demodam)
        work, keys = handled(made, demodam.holders[0])
        work = handling.take_step(
            work,
            to=ReportState.NO_FOLLOW_UP,
            recorded={"reason": reason, **MINIMISED},
            keys=keys,
            by=demodam.holders[0],
        )
        assert work.entry.state is state


def test_a_second_person_can_decline(demodam):
    made, _code = report(demodam)
    first, second = demodam.holders
    work, keys = handled(made, first)
    handling.take_step(work, to=ReportState.FOR_WEIGHING, recorded=WEIGHING, keys=keys, by=first)
    work, keys = work_on(made, second)
    work = handling.decline(work, note="Te vroeg.", keys=keys, by=second)
    assert (work.entry.pending, work.entry.state) == (None, ReportState.IN_TRIAGE)


def test_two_colleagues_at_once_do_not_overwrite_each_other(demodam):
    made, _code = report(demodam)
    first, second = demodam.holders
    work_of_first, keys_of_first = work_on(made, first)
    work_of_second, keys_of_second = work_on(made, second)
    assignment.assign_to_self(work_of_first, keys=keys_of_first, by=first)
    with pytest.raises(ChangedMeanwhile):
        assignment.assign_to_self(work_of_second, keys=keys_of_second, by=second)


def test_a_note_is_for_staff_only(demodam):
    made, code = report(demodam)
    work, keys = handled(made, demodam.holders[0])
    handling.add_note(
        work, text="Overlegd met school.", message_id=uuid4(), keys=keys, by=demodam.holders[0]
    )
    from meldpunt.reports.services import conversation

    visit = conversation.find_visit(conversation.open_conversation(code).text)
    assert "school" not in str(conversation.read_conversation(visit).parts)
    work, keys = work_on(made, demodam.holders[1])
    assert "school" in str(read(work, keys, demodam.holders[1]).history)


def test_a_sealed_part_that_is_moved_to_another_report_does_not_open(demodam):
    first, _code = report(demodam)
    second, _code = report(demodam)
    SealedPart.objects.filter(report=second, domain="report").delete()
    SealedPart.objects.filter(report=first, domain="report").update(report=second)
    work, keys = work_on(second, demodam.holders[0])
    with pytest.raises(Unreadable):
        read(work, keys, demodam.holders[0])


def test_an_older_version_of_an_entry_can_not_be_put_back(demodam):
    made, _code = report(demodam)
    work_on(made, demodam.holders[0])
    old = IndexBlob.objects.get(report=made).envelope
    handled(made, demodam.holders[0])
    IndexBlob.objects.filter(report=made).update(envelope=old)
    with pytest.raises(Unreadable):
        work_on(made, demodam.holders[0])


def test_who_reported_opens_for_a_custodian_only_and_leaves_a_trace(demodam):
    made, _code = report(demodam, identity={"name": "Noor"})
    work, keys = work_on(made, demodam.holders[0])
    found = reading.read_identity(
        work, reason=ReadReason.HANDLING, keys=keys, by=demodam.holders[0]
    )
    assert found == {"name": "Noor"}
    assert AuditEvent.objects.filter(action="report.identity_opened").count() == 1
    from meldpunt.vault.encryption import KeyRole, UnlockedKeys

    without = UnlockedKeys(
        tuple(key for key in keys.held if key.role is not KeyRole.IDENTITY), keys.indexes
    )
    with pytest.raises(reading.NoIdentity):
        reading.read_identity(work, reason=ReadReason.HANDLING, keys=without, by=demodam.holders[0])


def test_every_outcome_ends_with_feedback_to_the_reporter():
    into_closed = {start: one for (start, to), one in STEPS.items() if to is ReportState.CLOSED}
    assert all("feedback" in one.needs for one in into_closed.values())
    assert {one.who for one in into_closed.values()} == {Who.HANDLER}


def test_no_step_out_of_triage_leaves_raw_text():
    leaving = [
        one
        for (start, to), one in STEPS.items()
        if start is ReportState.IN_TRIAGE
        and to not in (ReportState.AWAITING_REPORTER, ReportState.WITHDRAWN)
    ]
    assert leaving and all("minimised" in one.needs for one in leaving)
    assert all(one.shreds_the_answers for one in leaving)


def test_the_list_is_sorted_by_deadline_and_hides_what_is_closed(demodam):
    from meldpunt.reports.models import Urgency

    slow, _code = report(demodam)
    urgent, _code = report(demodam, urgency=Urgency.SOON)
    _work, keys = work_on(slow, demodam.holders[0])
    assert [one.ref for one in worklist(demodam.holders[0], keys=keys)] == [urgent.ref, slow.ref]
    Report.objects.filter(pk=slow.pk).update(phase=Phase.CLOSED, destroy_on="2030-01-01")
    assert [one.ref for one in worklist(demodam.holders[0], keys=keys)] == [urgent.ref]
