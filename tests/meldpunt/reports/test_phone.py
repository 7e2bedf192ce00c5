from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from meldpunt.reports.forms.questionnaire import steps_for
from meldpunt.reports.models import Channel, Report
from meldpunt.reports.services import phone_links
from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import browser, report, work_on
from tests.meldpunt.reports.test_form import Reporter

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
START = "/werkplek/meldingen/telefoon/"


@pytest.fixture
def link(demodam):
    client = browser(demodam.holders[0], unlocked=True)
    return client.post(START, {"gemeente": demodam.slug})["Location"]


def by_phone(link):
    """A colleague types in what somebody says; the reporter in the end has a code."""
    reporter = Reporter()
    assert reporter.client.get(link).status_code == 200
    reporter.page = reporter.client.post(link)
    assert "telefoon" in reporter.text
    for step in steps_for("worry"):
        reporter.answers(step)
    reporter.sends()
    return reporter


def test_a_report_by_telephone_comes_in_through_that_channel(demodam, link):
    by_phone(link)
    work, _keys = work_on(Report.objects.get(), demodam.holders[0])
    assert work.entry.channel is Channel.PHONE
    assert AuditEvent.objects.filter(action="report.phone_link_made").count() == 1


def test_at_the_first_visit_the_reporter_gets_a_code_that_nobody_saw(demodam, link):
    code = by_phone(link).code
    client = Client()
    client.post("/meldpunt/code/", {"code": code})
    assert client.get("/meldpunt/code/")["Location"] == "/meldpunt/code/nieuwe-code/"
    page = client.post("/meldpunt/code/nieuwe-code/", {"sure": "on"})
    assert page.status_code == 200
    assert client.get("/meldpunt/code/").status_code == 200
    assert Client().post("/meldpunt/code/", {"code": code}).status_code == 400


def test_who_reported_on_the_web_keeps_the_own_code(demodam):
    _made, code = report(demodam)
    client = Client()
    client.post("/meldpunt/code/", {"code": code.formatted})
    assert client.get("/meldpunt/code/").status_code == 200


def test_a_link_works_once(demodam, link):
    by_phone(link)
    assert Client().get(link).status_code == 400
    assert Client().post(link).status_code == 400


def test_a_link_works_for_ten_minutes(demodam, link):
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert Client().post(link).status_code == 400


@pytest.mark.parametrize("token", ["x", "a.b.c", "%00", "é", "x" * 500])
def test_a_link_that_nobody_made_is_refused(demodam, token):
    assert Client().get(f"/meldpunt/melden/telefoon/{token}/").status_code in (400, 404)


def test_only_the_desk_makes_links_and_only_for_its_own_municipality(demodam, polderveen):
    theirs = browser(polderveen.holders[0], unlocked=True)
    assert theirs.post(START, {"gemeente": demodam.slug}).status_code == 404
    assert browser(UserFactory(roles=["professional"])).post(START, {}).status_code == 404
    with pytest.raises(phone_links.PermissionDenied):
        phone_links.make_link(demodam, by=polderveen.holders[0])


def test_the_address_of_a_link_names_nothing_but_the_municipality(demodam, link):
    assert demodam.holders[0].email not in link
    assert len(link) < 200


def test_the_code_page_tells_the_status_in_words_and_proves_the_receipt(demodam):
    _made, code = report(demodam)
    client = Client()
    client.post("/meldpunt/code/", {"code": code.formatted})
    page = client.get("/meldpunt/code/")
    assert "binnen twee werkdagen" in page.content.decode()
    assert page.context["proof"] in page.content.decode()
    assert page.context["proof"]


def test_a_message_with_a_name_is_noticed_and_can_still_be_sent(demodam):
    from uuid import uuid4

    _made, code = report(demodam)
    client = Client()
    client.post("/meldpunt/code/", {"code": code.formatted})
    data = {"text": "Het was Jan Jansen.", "message_id": str(uuid4())}
    page = client.post("/meldpunt/code/bericht/", data)
    assert page.status_code == 200
    assert "“Jan Jansen”" in page.content.decode()
    assert client.get("/meldpunt/code/").context["talk"].messages == []
    assert client.post("/meldpunt/code/bericht/", data | {"ga": "toch"}).status_code == 302
