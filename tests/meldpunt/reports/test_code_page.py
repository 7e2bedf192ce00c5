from html import unescape
from uuid import uuid4

import pytest
from django.test import Client

from meldpunt.reports.models import CodeWrap, ReporterVisit
from meldpunt.reports.services.destruction import destroy_report
from meldpunt.vault.services.codes import ReceiptCode
from tests.factories.meldpunt import report

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.fixture
def reporter(demodam):
    demodam.report, demodam.code = report(demodam)
    demodam.client = Client()
    demodam.client.post("/meldpunt/code/", {"code": demodam.code.formatted})
    return demodam


def body(page):
    return unescape(page.content.decode())


def test_the_code_opens_the_page_however_it_is_typed(reporter):
    client = Client()
    typed = reporter.code.formatted.lower().replace("-", " ")
    page = client.post("/meldpunt/code/", {"code": typed}, follow=True)
    assert reporter.report.shown_ref in body(page)


def test_unknown_and_destroyed_codes_get_the_very_same_answer(reporter):
    destroy_report(reporter.report, rule="verzoek", by="system")
    pages = [
        Client().post("/meldpunt/code/", {"code": code.formatted})
        for code in (ReceiptCode.new(), reporter.code)
    ]
    first, second = (
        body(page).replace(code.formatted, "").split("csrfmiddlewaretoken")[0]
        for page, code in zip(pages, (ReceiptCode.new(), reporter.code), strict=True)
    )
    assert pages[0].status_code == pages[1].status_code == 400
    assert first == second
    assert {k: v for k, v in pages[0].items() if k != "Content-Length"} == {
        k: v for k, v in pages[1].items() if k != "Content-Length"
    }


def test_every_code_costs_exactly_one_slow_hash(reporter, monkeypatch):
    from meldpunt.vault.encryption import receipt_code

    counted, slow = [], receipt_code.slow_hash
    monkeypatch.setattr(
        receipt_code, "slow_hash", lambda *args, **kw: counted.append(1) or slow(*args, **kw)
    )
    for code in (ReceiptCode.new(), reporter.code):
        counted.clear()
        Client().post("/meldpunt/code/", {"code": code.formatted})
        assert len(counted) == 1


@pytest.mark.parametrize("typed", ["", "ZDEB", "x" * 100_000, "\x00", "ZDEB-Q244-MSCK-JBRF-00"])
def test_what_is_no_code_is_refused_without_a_slow_hash(reporter, typed):
    assert Client().post("/meldpunt/code/", {"code": typed}).status_code == 400


def test_a_message_is_added_and_can_not_be_added_twice(reporter):
    data = {"text": "Er is nog iets.", "message_id": str(uuid4())}
    for _press in range(2):
        reporter.client.post("/meldpunt/code/bericht/", data)
    assert body(reporter.client.get("/meldpunt/code/")).count("Er is nog iets.") == 1


@pytest.mark.parametrize("text", ["", "a\x00b", "x" * 1_000_000])
def test_a_message_that_can_not_be_stored_is_refused_kindly(reporter, text):
    data = {"text": text, "message_id": str(uuid4())}
    assert reporter.client.post("/meldpunt/code/bericht/", data).status_code == 400


def test_withdrawing_asks_first(reporter):
    assert reporter.client.post("/meldpunt/code/intrekken/", {}).status_code == 400
    data = {"sure": "on", "message_id": str(uuid4())}
    page = reporter.client.post("/meldpunt/code/intrekken/", data, follow=True)
    assert 'name="text"' not in body(page)


def test_a_new_code_is_shown_once_and_replaces_the_old(reporter):
    page = reporter.client.post("/meldpunt/code/nieuwe-code/", {"sure": "on"})
    assert page.status_code == 200
    old = Client().post("/meldpunt/code/", {"code": reporter.code.formatted})
    assert old.status_code == 400


def test_ending_contact_destroys_the_code(reporter):
    reporter.client.post("/meldpunt/code/stoppen/", {"sure": "on"})
    assert not CodeWrap.objects.exists()
    assert not ReporterVisit.objects.exists()


def test_after_leaving_the_back_button_shows_nothing(reporter):
    page = reporter.client.get("/meldpunt/code/")
    assert page["Cache-Control"] == "no-store"
    reporter.client.post("/meldpunt/code/sluiten/")
    assert reporter.report.shown_ref not in body(reporter.client.get("/meldpunt/code/"))


def test_a_message_after_the_visit_ended_is_shown_back(reporter):
    ReporterVisit.objects.all().delete()
    data = {"text": "Dit had ik getypt.", "message_id": str(uuid4())}
    page = reporter.client.post("/meldpunt/code/bericht/", data)
    assert "Dit had ik getypt." in body(page)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(reporter, settings):
    cookie = reporter.client.cookies["m"]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and not cookie["max-age"]
    settings.SESSION_COOKIE_SECURE = True
    client = Client()
    client.post("/meldpunt/code/", {"code": reporter.code.formatted})
    assert client.cookies["__Host-m"]["secure"]


def test_a_planted_cookie_is_replaced_when_the_code_is_right(reporter):
    client = Client()
    client.cookies["m"] = "ab" * 32
    client.post("/meldpunt/code/", {"code": reporter.code.formatted})
    assert client.cookies["m"].value != "ab" * 32


def test_somebody_elses_conversation_stays_closed(reporter):
    other = Client()
    other.cookies["m"] = "cd" * 32
    for path in ("", "bericht/", "intrekken/", "nieuwe-code/", "stoppen/"):
        page = other.post(f"/meldpunt/code/{path}", {"sure": "on", "text": "x"})
        assert reporter.report.shown_ref not in body(page)
    assert CodeWrap.objects.count() == 1


def test_forms_need_their_token(reporter):
    client = Client(enforce_csrf_checks=True)
    client.cookies["m"] = reporter.client.cookies["m"].value
    for path in ("", "bericht/", "intrekken/", "nieuwe-code/", "stoppen/", "sluiten/"):
        page = client.post(f"/meldpunt/code/{path}", {"sure": "on", "text": "x"})
        assert page.status_code == 403
    assert ReporterVisit.objects.count() == 1
