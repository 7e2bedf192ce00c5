from uuid import uuid4

import pytest
import time_machine

from meldpunt.reports.models import CodeWrap, Report, ReporterVisit
from meldpunt.reports.services import conversation
from meldpunt.reports.services.destruction import destroy_report
from meldpunt.reports.services.handling import take_step
from meldpunt.reports.services.parts import AlreadyWritten
from meldpunt.reports.workflow import ReporterStatus, ReportState
from meldpunt.vault.services.codes import ReceiptCode
from tests.factories.meldpunt import handled, report, work_on

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def visit_with(code):
    return conversation.find_visit(conversation.open_conversation(code).text)


def test_the_code_opens_the_conversation_and_not_the_answers(demodam):
    _report, code = report(demodam)
    talk = conversation.read_conversation(visit_with(code))
    assert talk.status == ReporterStatus.RECEIVED
    assert "plein" not in str(talk.parts)


def test_an_unknown_code_opens_nothing(demodam):
    report(demodam)
    with pytest.raises(conversation.CodeUnknown):
        conversation.open_conversation(ReceiptCode.new())


def test_a_question_and_its_answer_go_back_and_forth(demodam):
    made, code = report(demodam)
    work, keys = handled(made, demodam.holders[0])
    work = take_step(
        work,
        to=ReportState.AWAITING_REPORTER,
        recorded={"question": "Wanneer was dat?"},
        keys=keys,
        by=demodam.holders[0],
    )
    visit = visit_with(code)
    talk = conversation.read_conversation(visit)
    assert [part["text"] for part in talk.messages] == ["Wanneer was dat?"]
    assert talk.status == ReporterStatus.QUESTION
    conversation.write_message(visit, text="Gisteren.", message_id=uuid4())
    work, _keys = work_on(made, demodam.holders[0])
    assert work.entry.state is ReportState.IN_TRIAGE
    assert work.entry.reporter_wrote


def test_a_message_that_is_sent_twice_is_stored_once(demodam):
    _report, code = report(demodam)
    visit, message = visit_with(code), uuid4()
    conversation.write_message(visit, text="Nog iets.", message_id=message)
    with pytest.raises(AlreadyWritten):
        conversation.write_message(visit, text="Nog iets.", message_id=message)
    assert len(conversation.read_conversation(visit).messages) == 1


def test_after_twenty_minutes_the_visit_is_over(demodam):
    _report, code = report(demodam)
    with time_machine.travel("2026-11-24 10:00", tick=False):
        cookie = conversation.open_conversation(code).text
    with (
        time_machine.travel("2026-11-24 10:21", tick=False),
        pytest.raises(conversation.VisitEnded),
    ):
        conversation.find_visit(cookie)
    assert not ReporterVisit.objects.exists()


def test_a_stolen_cookie_is_worth_nothing_after_leaving(demodam):
    _report, code = report(demodam)
    cookie = conversation.open_conversation(code).text
    conversation.end_visit(cookie)
    with pytest.raises(conversation.VisitEnded):
        conversation.find_visit(cookie)


def test_every_visit_gets_a_cookie_of_its_own(demodam):
    _report, code = report(demodam)
    first, second = (conversation.open_conversation(code).text for _visit in range(2))
    assert first != second


def test_a_new_code_works_and_the_old_one_is_dead(demodam):
    _report, old = report(demodam)
    new = conversation.replace_code(visit_with(old))
    assert conversation.read_conversation(visit_with(new)).status
    with pytest.raises(conversation.CodeUnknown):
        conversation.open_conversation(old)


@pytest.mark.parametrize("deed", [conversation.replace_code, conversation.end_contact])
def test_whoever_found_the_code_and_is_reading_is_out_at_once(demodam, deed):
    _report, code = report(demodam)
    theirs = conversation.open_conversation(code).text
    assert conversation.find_visit(theirs)
    deed(visit_with(code))
    with pytest.raises(conversation.VisitEnded):
        conversation.find_visit(theirs)


def test_ending_contact_kills_the_code_and_leaves_the_report_to_the_desk(demodam):
    made, code = report(demodam)
    conversation.end_contact(visit_with(code))
    with pytest.raises(conversation.CodeUnknown):
        conversation.open_conversation(code)
    work, _keys = work_on(made, demodam.holders[0])
    assert work.entry.state is ReportState.RECEIVED


def test_a_withdrawal_reaches_the_desk_at_the_next_look(demodam):
    made, code = report(demodam)
    conversation.withdraw(visit_with(code), message_id=uuid4())
    work, _keys = work_on(made, demodam.holders[0])
    assert work.entry.state is ReportState.WITHDRAWN


def test_who_withdrew_can_add_nothing_more(demodam):
    _report, code = report(demodam)
    visit = visit_with(code)
    conversation.withdraw(visit, message_id=uuid4())
    with pytest.raises(conversation.ReportClosed):
        conversation.write_message(visit, text="Toch nog iets", message_id=uuid4())


def test_the_code_of_a_destroyed_report_is_unknown(demodam):
    made, code = report(demodam)
    destroy_report(made, rule="verzoek", by="system")
    with pytest.raises(conversation.CodeUnknown):
        conversation.open_conversation(code)


def test_a_code_moved_to_another_report_opens_nothing(demodam):
    first, code = report(demodam)
    second, _code = report(demodam)
    CodeWrap.objects.filter(report=second).delete()
    row = CodeWrap.objects.get(report=first)
    CodeWrap.objects.filter(report=first).update(report=second)
    assert Report.objects.count() == 2 and row.lookup
    with pytest.raises(conversation.CodeUnknown):
        conversation.open_conversation(code)
