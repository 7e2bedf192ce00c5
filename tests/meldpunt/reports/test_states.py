"""Whatever order people press the buttons in, a report is only ever where the table leads."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meldpunt.reports.models import Hold, HoldReason, Report, SecretWrap, ShredOrder, Tombstone
from meldpunt.reports.services import assignment, conversation, guards, handling, reading
from meldpunt.reports.services.destruction import carry_out_orders
from meldpunt.reports.workflow import (
    PHASES,
    STEPS,
    ReadReason,
    ReportState,
    StepNotAllowed,
    Who,
)
from tests.factories.meldpunt import report, work_on
from tests.meldpunt.reports.test_assignment import REFERRED
from tests.meldpunt.reports.test_handling import WEIGHING

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
S = ReportState
EVERYTHING = {
    "question": "Wanneer was het?",
    **REFERRED,
    **WEIGHING,
    "recipient": "ZVH",
    "transfer_channel": "phone",
    "confirmed_on": timezone.localdate().isoformat(),
    "feedback": "Dit deden wij.",
    "new_facts": "Weer gezien.",
    "note": "Op verzoek.",
}
REASONS = ["no_concern", "misuse"]
REFUSALS = (StepNotAllowed, PermissionDenied, guards.NotRecorded, guards.Refused)
deeds = st.one_of(
    st.tuples(st.just("take"), st.integers(0, 1)),
    st.tuples(st.just("step"), st.integers(0, 1), st.sampled_from(S), st.sampled_from(REASONS)),
    st.tuples(st.just("agree"), st.integers(0, 1)),
    st.tuples(st.just("decline"), st.integers(0, 1)),
    st.tuples(st.just("reporter"), st.sampled_from(["message", "withdraw"])),
)


class Run:
    """One report, two colleagues and its reporter."""

    def __init__(self, place):
        self.place = place
        self.report, self.code = report(place)
        self.opened = [work_on(self.report, person) for person in place.holders]

    def work(self, who=0):
        from meldpunt.reports.services.worklist import find_work

        keys = self.opened[who][1]
        return find_work(self.report.ref, self.place.holders[who], keys=keys), keys

    def entry(self):
        return self.work()[0].entry

    def do(self, deed, *rest):
        try:
            with transaction.atomic():
                getattr(self, deed)(*rest)
        except (*REFUSALS, conversation.ReportClosed):
            return False
        carry_out_orders(self.place)
        return True

    def take(self, who):
        work, keys = self.work(who)
        assignment.assign_to_self(work, why="Nodig.", keys=keys, by=self.place.holders[who])

    def step(self, who, to, reason):
        work, keys = self.work(who)
        handling.take_step(
            work,
            to=to,
            recorded=EVERYTHING | {"reason": reason if to is S.NO_FOLLOW_UP else ""},
            keys=keys,
            by=self.place.holders[who],
        )

    def agree(self, who):
        work, keys = self.work(who)
        handling.agree(work, keys=keys, by=self.place.holders[who])

    def decline(self, who):
        work, keys = self.work(who)
        handling.decline(work, note="Nee.", keys=keys, by=self.place.holders[who])

    def reporter(self, what):
        visit = conversation.find_visit(conversation.open_conversation(self.code).text)
        if what == "message":
            conversation.write_message(visit, text="Nog iets.", message_id=uuid4())
        else:
            conversation.withdraw(visit, message_id=uuid4())


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(order=st.lists(deeds, min_size=3, max_size=14))
def test_no_order_of_deeds_leads_outside_the_table(demodam, order):
    run = Run(demodam)
    before = run.entry()
    for deed in order:
        done = run.do(*deed)
        after = run.entry()
        hold(run, before, after, deed, done)
        before = after


def hold(run, before, after, deed, done):
    """What is true after every deed, also after one that was refused."""
    if after.state is not before.state:
        assert done
        assert (before.state, after.state) in STEPS
        who = STEPS[before.state, after.state].who
        assert (who in (Who.REPORTER, Who.SYSTEM)) == (deed[0] == "reporter")
    if after.state is S.FOR_WEIGHING and before.state is not S.FOR_WEIGHING:
        assert deed[0] == "agree"
        assert after.second not in (None, before.assignee, before.pending_by)
    row = Report.objects.get(pk=run.report.pk)
    assert row.phase == PHASES[after.state]
    has_answers = SecretWrap.objects.filter(report=row, domain="report").exists()
    assert has_answers != after.minimised
    assert not ShredOrder.objects.filter(report=row).exists()
    if after.state in (S.ADVISED, S.REFERRED, S.FOR_WEIGHING, S.TRANSFERRED, S.NO_FOLLOW_UP):
        assert after.minimised
    if after.state is S.CLOSED:
        assert row.destroy_on > timezone.localdate()
        assert Tombstone.objects.filter(report=row).exists()
        assert after.outcome is not None
        assert after.due is None
        assert last_word_to(run) == "Dit deden wij."
    else:
        assert after.due is not None
    if after.pending is not None:
        assert after.pending_by is not None


def last_word_to(run):
    work, keys = run.work()
    opened = reading.read_report(
        work, reason=ReadReason.HANDLING, keys=keys, by=run.place.holders[0]
    )
    return [part["text"] for part in opened.messages if part["by"] == "desk"][-1]


def test_every_state_can_be_reached_and_every_open_one_can_be_left():
    reached = {S.RECEIVED}
    while more := {to for (start, to) in STEPS if start in reached} - reached:
        reached |= more
    assert reached == set(S)
    stuck = {state for state in S if not any(start is state for start, _to in STEPS)}
    assert stuck == {S.DESTROYED}


def test_every_outcome_can_be_closed_with_feedback():
    outcomes = {S.ADVISED, S.REFERRED, S.TRANSFERRED, S.NO_FOLLOW_UP, S.WITHDRAWN}
    assert {start for (start, to) in STEPS if to is S.CLOSED} == outcomes


def test_the_term_of_a_closed_report_is_also_the_end_of_opening_it_again(demodam):
    run = Run(demodam)
    for deed in [
        ("take", 0),
        ("step", 0, S.ADVISED, ""),
        ("step", 0, S.CLOSED, ""),
    ]:
        assert run.do(*deed)
    yesterday = timezone.localdate() - timedelta(days=1)
    Report.objects.filter(pk=run.report.pk).update(destroy_on=yesterday)
    Hold.objects.create(  # without it nobody would see this report any more
        report=run.report,
        municipality=demodam,
        reason=HoldReason.COURT,
        asked_on=yesterday,
        until=timezone.localdate(),
        asked_by="user:fg",
    )
    assert not run.do("step", 0, S.IN_TRIAGE, "")
