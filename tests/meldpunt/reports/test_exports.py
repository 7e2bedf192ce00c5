"""A report as a file: two people, a mark, once; and no formula in it (abuse cases 12 and 24)."""

import csv
import io
import tempfile
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import PASSPHRASE, browser, report, third_holder
from tests.portal.figures.test_tables import BEGINS, EVIL

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
DESK = "/werkplek/meldingen/"
WHY = "Voor de politie, na overleg met de jurist."


class Desk:
    """A report with its handler and a colleague, both with the page of it open."""

    def __init__(self, place, **fields):
        self.place = place
        self.report, self.code = report(place, **fields)
        self.at = f"{DESK}{self.report.ref}/"
        self.handler, self.colleague = (browser(one, unlocked=True) for one in place.holders[:2])
        self.handler.post(f"{self.at}behandelen/")
        self.colleague.post(self.at, {"reason": "second"})

    def asks(self, why=WHY):
        return self.handler.post(f"{self.at}uitdraai/vragen/", {"uitdraai-why": why})

    def agrees(self):
        return self.colleague.post(f"{self.at}uitdraai/akkoord/")

    def takes(self, client=None, passphrase=PASSPHRASE):
        return (client or self.handler).post(f"{self.at}uitdraai/", {"passphrase": passphrase})

    def taken(self):
        self.asks()
        self.agrees()
        return self.takes()


@pytest.fixture
def desk(demodam):
    return Desk(demodam)


def cells(page):
    return list(csv.reader(io.StringIO(page.content.decode("utf-8-sig")), delimiter=";"))


def trail(action):
    return AuditEvent.objects.filter(action=action)


def test_a_handler_saves_a_file_to_which_a_colleague_agreed(desk):
    assert desk.asks().status_code == 302
    assert WHY in desk.colleague.get(desk.at).content.decode()
    assert desk.agrees().status_code == 302
    assert (
        "Sla een bestand van deze melding op"
        in desk.handler.get(f"{desk.at}uitdraai/").content.decode()
    )
    page = desk.takes()
    assert page.status_code == 200
    rows = cells(page)
    assert any("ruzie" in row[5] for row in rows)
    assert page.headers["Content-Disposition"] == 'attachment; filename="uitdraai.csv"'
    assert "sandbox" in page.headers["Content-Security-Policy"]
    assert "no-store" in page.headers["Cache-Control"]


def test_abuse_24_one_person_alone_gets_no_file(desk):
    assert desk.takes().status_code == 404
    desk.asks()
    assert desk.takes().status_code == 404
    assert desk.handler.post(f"{desk.at}uitdraai/akkoord/").status_code == 404
    assert desk.takes().status_code == 404
    assert not trail("report.exported").exists()


def test_abuse_24_the_second_person_gets_no_file_either(desk):
    desk.asks()
    desk.agrees()
    assert desk.takes(desk.colleague).status_code == 404


def test_abuse_24_a_colleague_who_does_not_handle_it_can_not_ask(desk):
    page = desk.colleague.post(f"{desk.at}uitdraai/vragen/", {"uitdraai-why": WHY})
    assert page.status_code == 404
    assert not trail("report.export_asked").exists()


def test_abuse_24_a_file_is_taken_once(desk):
    assert desk.taken().status_code == 200
    assert desk.takes().status_code == 404
    assert trail("report.exported").count() == 1


def test_abuse_24_many_files_need_an_agreement_each(demodam):
    desks = [Desk(demodam) for _time in range(3)]
    desks[0].asks()
    desks[0].agrees()
    assert [one.takes().status_code for one in desks] == [200, 404, 404]


def test_abuse_24_after_a_week_an_agreement_is_worth_nothing(desk):
    desk.asks()
    desk.agrees()
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        late = browser(desk.place.holders[0], unlocked=True)
        late.post(desk.at, {"reason": "handling"})
        assert desk.takes(late).status_code == 404
        assert "Vraag om een bestand" in late.get(desk.at).content.decode()


def test_abuse_24_without_the_passphrase_nothing_leaves(desk):
    desk.asks()
    desk.agrees()
    page = desk.takes(passphrase="niet dit woord")
    assert page.status_code == 400
    assert "ruzie" not in page.content.decode()
    assert not trail("report.exported").exists()
    assert desk.takes().status_code == 200


def test_abuse_24_the_reason_and_both_people_stand_in_the_trail_and_no_word_of_it(desk):
    desk.taken()
    first, second = (one.reference for one in desk.place.holders[:2])
    actors = [
        trail(f"report.{name}").get().actor
        for name in ("export_asked", "export_agreed", "exported")
    ]
    assert actors == [first, second, first]
    told = str(list(AuditEvent.objects.values_list("details", "reason", "subject")))
    assert WHY not in told
    assert WHY in desk.handler.get(desk.at).content.decode()


def test_abuse_24_each_line_carries_who_took_it_and_a_mark_that_the_trail_knows(desk):
    rows = cells(desk.taken())[1:]
    mark = trail("report.exported").get().details["mark"]
    assert len(rows) > 2
    for row in rows:
        assert row[0].startswith(f"{mark} · {desk.place.holders[0]}")
        assert row[1] == desk.report.shown_ref


def test_abuse_24_a_line_without_its_mark_was_never_agreed_to(desk):
    """Two files of one report differ: a copy whose marks were cut still fits neither in the trail."""
    first = cells(desk.taken())
    second = cells(desk.taken())
    assert [row[1:] for row in first] == [row[1:] for row in second]
    assert {row[0] for row in first[1:]}.isdisjoint(row[0] for row in second[1:])


def test_abuse_24_a_file_is_made_in_memory(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert desk.taken().status_code == 200
    assert list(tmp_path.rglob("*")) == []


def test_abuse_24_a_link_that_is_passed_on_opens_nothing(desk, polderveen):
    desk.asks()
    desk.agrees()
    strangers = {
        "a neighbour": browser(polderveen.holders[0], unlocked=True),
        "the FG": browser(UserFactory(roles=["fg"])),
        "a participant in weighing": browser(UserFactory(roles=["deelnemer-weging"])),
        "nobody": Client(),
    }
    for who, client in strangers.items():
        for method in (client.get, client.post):
            page = method(f"{desk.at}uitdraai/", {"passphrase": PASSPHRASE})
            assert page.status_code in (302, 404), who
            assert "csv" not in str(page.headers), who


def test_abuse_24_who_is_kept_away_can_neither_agree_nor_take(demodam):
    third_holder(demodam)
    desk = Desk(demodam)
    desk.asks()
    away = {"uitsluiten-colleague": demodam.holders[1].pk, "uitsluiten-why": "Kent iemand."}
    assert desk.handler.post(f"{desk.at}uitsluiten/", away).status_code == 302
    assert desk.agrees().status_code == 404


def test_abuse_24_notes_and_the_reporters_name_stay_inside(demodam):
    desk = Desk(demodam, identity={"name": "Noor Zilverkwarrel"})
    note = {
        "notitie-text": "Intern overlegd.",
        "notitie-message_id": "7d1f0c5e-1d5c-4d8e-9d1b-2f2f2f2f2f2f",
    }
    desk.handler.post(f"{desk.at}notitie/", note)
    text = desk.taken().content.decode()
    assert "Intern overlegd" not in text
    assert "Zilverkwarrel" not in text


@pytest.mark.parametrize("text", EVIL)
def test_abuse_12_what_a_reporter_typed_is_no_formula_in_the_file(demodam, text):
    desk = Desk(demodam, answers={"observed_facts": text, "interpretation": text})
    page = desk.taken()
    for row in cells(page):
        assert not [cell for cell in row if BEGINS.match(cell)]
