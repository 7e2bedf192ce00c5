from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from meldpunt.reports.models import Report
from meldpunt.reports.querysets import working_in
from meldpunt.vault.models import StaffKeyPair
from meldpunt.vault.services.holders import chain_of
from portal.audit import sealing
from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import PASSPHRASE, browser, report, staff, work_on

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
LIST = "/werkplek/meldingen/"
MINIMISED = {"minimised": "Spanning op een plein.", "minimised_done": "on"}


SOON = timezone.localdate() + timedelta(days=7)
WEIGHING = {
    "counter_indications": "geen",
    "proportionality": "Nodig.",
    "legal_basis": "Convenant",
    **{f"basis_until_{part}": getattr(SOON, part) for part in ("day", "month", "year")},
    **{f"weighing_on_{part}": getattr(SOON, part) for part in ("day", "month", "year")},
    **MINIMISED,
}


def address(made, *rest):
    return "/".join([LIST.rstrip("/"), made.ref, *rest]) + "/"


def open_it(client, made, reason="handling"):
    page = client.post(address(made), {"reason": reason}, follow=True)
    return unescape(page.content.decode())


@pytest.fixture
def desk(demodam):
    demodam.report, demodam.code = report(demodam)
    demodam.client = browser(demodam.holders[0], unlocked=True)
    return demodam


def test_the_vault_opens_with_the_passphrase_and_then_shows_the_list(demodam):
    made, _code = report(demodam)
    client = browser(demodam.holders[0])
    assert client.get(LIST)["Location"].startswith("/werkplek/meldingen/kluis/")
    page = client.post("/werkplek/meldingen/kluis/", {"passphrase": "fout maar wel heel lang"})
    assert page.status_code == 400
    client = browser(demodam.holders[0], unlocked=True)
    assert made.shown_ref in client.get(LIST).content.decode()


def test_somebody_whose_pair_was_swapped_is_told_whom_to_call(demodam):
    first, second = demodam.holders
    thief = StaffKeyPair.objects.get(user=second)
    StaffKeyPair.objects.filter(user=first).update(public=thief.public)
    page = browser(first).post("/werkplek/meldingen/kluis/", {"passphrase": PASSPHRASE})
    assert page.status_code == 400
    assert "Iemand anders heeft uw sleutel veranderd" in page.content.decode()


def test_when_the_signer_is_away_no_word_is_shown_and_a_page_says_so(desk, settings, tmp_path):
    settings.AUDIT_SEAL_DIR, settings.AUDIT_SIGNER_GRACE = str(tmp_path), 300
    sealing.begin(chain_of(desk))
    assert "plein" in open_it(desk.client, desk.report)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        page = desk.client.get(address(desk.report))
    assert page.status_code == 503
    assert "De kluis werkt niet" in page.content.decode()


def test_words_appear_only_after_a_reason(desk):
    page = desk.client.get(address(desk.report)).content.decode()
    assert "plein" not in page
    assert desk.client.post(address(desk.report), {"reason": "nieuwsgierig"}).status_code == 400
    assert "plein" in open_it(desk.client, desk.report)
    assert AuditEvent.objects.get(action="report.opened").reason == "handling"


@pytest.mark.parametrize("rest", [[], ["stap", "advised"]])
def test_a_colleague_elsewhere_and_a_made_up_reference_get_the_same_404(desk, polderveen, rest):
    client = browser(polderveen.holders[0], unlocked=True)
    theirs = client.get(address(desk.report, *rest))
    nothing = client.get("/".join([LIST + "ZZZZZZZZ", *rest]) + "/")
    assert theirs.status_code == nothing.status_code == 404
    made_up = nothing.content.decode().replace("ZZZZZZZZ", desk.report.ref)
    assert theirs.content.decode() == made_up
    assert dict(theirs.items()) == dict(nothing.items())


DEEDS = ["behandelen", "bericht", "notitie", "akkoord", "afwijzen", "melder", "stap/closed"]


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_elsewhere_can_do_anything_to_a_report(desk, polderveen, deed):
    client = browser(polderveen.holders[0], unlocked=True)
    before = list(Report.objects.values())
    assert client.post(address(desk.report, deed), {}).status_code == 404
    assert list(Report.objects.values()) == before


@pytest.mark.parametrize("role", ["redacteur", "fg", "functioneel-beheerder", "professional"])
def test_for_every_other_role_the_desk_does_not_exist(desk, role):
    client = browser(UserFactory(roles=[role]))
    for path in (LIST, LIST + "kluis/", LIST + "sleutels/", address(desk.report)):
        assert client.get(path).status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in_whatever_the_reference(desk):
    for path in (LIST, address(desk.report), LIST + "ZZZZZZZZ/"):
        assert "/account/login/" in Client().get(path)["Location"]


def test_without_a_second_factor_nobody_comes_near(demodam):
    client = Client()
    client.force_login(demodam.holders[0])
    assert "mfa" in client.get(LIST)["Location"] or "2fa" in client.get(LIST)["Location"]


def test_a_superuser_sees_no_report(desk):
    root = UserFactory(is_superuser=True)
    assert browser(root).get(LIST).status_code == 404


def test_a_role_that_ends_ends_access_in_the_middle_of_a_visit(desk):
    open_it(desk.client, desk.report)
    desk.holders[0].memberships.update(ended_at="2026-01-01T00:00:00Z")
    assert desk.client.get(address(desk.report)).status_code == 404


def test_from_question_to_advice_to_closing(desk):
    client, made = desk.client, desk.report
    client.post(address(made, "behandelen"))
    page = client.post(address(made, "stap", "awaiting_reporter"), {"question": "Wanneer?"})
    assert page.status_code == 302
    assert "Wanneer?" in unescape(client.get(address(made)).content.decode())
    from meldpunt.reports.services import conversation

    visit = conversation.find_visit(conversation.open_conversation(desk.code).text)
    conversation.write_message(visit, text="Gisteren.", message_id=uuid4())
    assert "Gisteren." in unescape(client.get(address(made)).content.decode())
    page = client.post(
        address(made, "stap", "advised"), {"advice": "Praat met school.", **MINIMISED}
    )
    assert page.status_code == 302
    page = client.post(address(made, "stap", "closed"), {"feedback": "Wij spraken de school."})
    assert page.status_code == 302
    made.refresh_from_db()
    assert made.phase == "closed"
    talk = conversation.read_conversation(visit)
    assert [part["kind"] for part in talk.messages] == ["question", "message", "advice", "feedback"]


def test_a_step_without_its_words_is_refused_with_the_text_kept(desk):
    desk.client.post(address(desk.report, "behandelen"))
    page = desk.client.post(
        address(desk.report, "stap", "advised"), {"advice": "Half advies", "minimised": ""}
    )
    assert page.status_code == 400
    assert "Half advies" in page.content.decode()


@pytest.mark.parametrize("state", ["closed", "destroyed", "nonsense", "received"])
def test_a_step_that_is_not_in_the_table_does_not_exist(desk, state):
    desk.client.post(address(desk.report, "behandelen"))
    assert desk.client.get(address(desk.report, "stap", state)).status_code == 404


def test_who_is_not_the_handler_can_not_take_steps(desk):
    desk.client.post(address(desk.report, "behandelen"))
    other = browser(desk.holders[1], unlocked=True)
    open_it(other, desk.report)
    page = other.post(address(desk.report, "stap", "advised"), {"advice": "x", **MINIMISED})
    assert page.status_code == 404


def test_the_second_person_agrees_in_the_browser(desk):
    desk.client.post(address(desk.report, "behandelen"))
    desk.client.post(address(desk.report, "stap", "for_weighing"), WEIGHING)
    assert desk.client.post(address(desk.report, "akkoord")).status_code == 404
    other = browser(desk.holders[1], unlocked=True)
    assert "Convenant" in open_it(other, desk.report, reason="second")
    assert other.post(address(desk.report, "akkoord")).status_code == 302
    work, _keys = work_on(desk.report, desk.holders[1])
    assert work.entry.state == "for_weighing"


def test_the_list_filters_on_what_the_index_knows(desk):
    other, _code = report(desk, kind="tension")
    from meldpunt.reports.models import Kind

    assert Kind.TENSION == "tension"
    page = desk.client.get(LIST, {"soort": "tension"}).content.decode()
    assert other.shown_ref in page and desk.report.shown_ref not in page
    page = desk.client.get(LIST, {"nummer": desk.report.shown_ref.lower()}).content.decode()
    assert desk.report.shown_ref in page and other.shown_ref not in page
    found = AuditEvent.objects.filter(action="report.found").last()
    assert found.details == {"filters": ["nummer"], "count": 1}


@pytest.mark.parametrize("asked", [{"q": "plein"}, {"tekst": "plein"}, {"staat": "nonsense"}])
def test_searching_in_content_is_refused_and_opens_nothing(desk, asked):
    before = AuditEvent.objects.count()
    assert desk.client.get(LIST, asked).status_code == 400
    assert AuditEvent.objects.count() == before


def test_the_session_holds_no_word_and_no_key(desk):
    open_it(desk.client, desk.report)
    for session in Session.objects.all():
        stored = str(session.get_decoded())
        assert "plein" not in stored
        assert str(desk.report.pk) not in stored


def test_titles_and_addresses_say_nothing_of_a_report(desk):
    page = open_it(desk.client, desk.report)
    title = page[page.index("<title>") : page.index("</title>")]
    assert desk.report.shown_ref not in title
    assert str(desk.report.pk) not in page


def test_closing_the_vault_closes_every_report(desk):
    open_it(desk.client, desk.report)
    desk.client.post("/werkplek/meldingen/kluis/sluiten/")
    assert "kluis" in desk.client.get(address(desk.report))["Location"]


def test_the_first_visit_makes_a_key_and_a_colleague_gives_access(demodam):
    made, _code = report(demodam)
    newcomer = staff(demodam, has_key=False)
    client = browser(newcomer)
    weak = client.post(LIST + "kluis/", {"passphrase": "gemeente2026", "again": "gemeente2026"})
    assert weak.status_code == 400
    strong = "wolk trommel kers anker zeilboot"
    client.post(LIST + "kluis/", {"passphrase": strong, "again": strong})
    first, second = (browser(holder, unlocked=True) for holder in demodam.holders)
    first.post(LIST + "sleutels/vragen/", {"gemeente": "demodam", "wie": str(newcomer.public_id)})
    from meldpunt.vault.models import HolderAdmission

    waiting = HolderAdmission.objects.get()
    assert first.post(f"{LIST}sleutels/{waiting.pk}/akkoord/").status_code == 404
    assert second.post(f"{LIST}sleutels/{waiting.pk}/akkoord/").status_code == 302
    client.post(LIST + "kluis/", {"passphrase": strong})
    assert made.shown_ref in client.get(LIST).content.decode()


def test_a_message_sent_twice_arrives_once(desk):
    desk.client.post(address(desk.report, "behandelen"))
    data = {"bericht-text": "Dank u wel.", "bericht-message_id": str(uuid4())}
    for _press in range(2):
        assert desk.client.post(address(desk.report, "bericht"), data).status_code == 302
    page = unescape(desk.client.get(address(desk.report)).content.decode())
    assert page.count("Dank u wel.") == 1


@pytest.mark.parametrize("text", ["", "a\x00b", "x" * 1_000_000])
def test_a_message_that_can_not_be_stored_is_refused_kindly(desk, text):
    desk.client.post(address(desk.report, "behandelen"))
    data = {"bericht-text": text, "bericht-message_id": str(uuid4())}
    assert desk.client.post(address(desk.report, "bericht"), data).status_code == 400


def test_what_a_reporter_wrote_is_shown_as_text(demodam):
    made, _code = report(demodam, answers={"observed_facts": "<script>alert(1)</script>{{7*7}}"})
    client = browser(demodam.holders[0], unlocked=True)
    page = client.post(address(made), {"reason": "handling"}, follow=True).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page and "{{7*7}}" in page


def test_two_municipalities_share_one_person_and_no_list(demodam, polderveen):
    report(demodam)
    with working_in([polderveen.pk]):
        theirs, _code = report(polderveen)
    client = browser(demodam.holders[0], unlocked=True)
    assert theirs.shown_ref not in client.get(LIST).content.decode()
