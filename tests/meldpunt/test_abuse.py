"""Abuse cases of meldpunt.md section 12, by their number; docs/reference/abuse-cases.md lists all."""

import json
import re
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from meldpunt.reports.models import (
    CodeWrap,
    HoldReason,
    IndexBlob,
    Report,
    SealedPart,
    SecretWrap,
)
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import conversation, holding
from meldpunt.reports.services.certificates import check_certificate
from meldpunt.reports.services.destruction import OnHold, destroy_report
from meldpunt.reports.services.intake import receive_report
from meldpunt.reports.services.parts import place_of
from meldpunt.reports.services.reading import read_report
from meldpunt.reports.services.worklist import Unreadable, worklist
from meldpunt.reports.workflow import ReadReason
from meldpunt.vault.encryption import (
    CannotOpen,
    KeyRole,
    RecoveryPair,
    RecoverySeed,
    WrapPrivateKey,
    read_sheets,
    write_sheets,
)
from meldpunt.vault.models import KeyWrap, PublicKeyRecord, StaffKeyPair
from meldpunt.vault.services import recovering, rotation, unlocking
from meldpunt.vault.services.codes import ReceiptCode
from meldpunt.vault.services.domains import (
    Domain,
    KeyGone,
    Keystore,
    Surface,
    open_domain,
    secret_for,
)
from meldpunt.vault.services.staff_keys import PassphraseTooWeak, WrongPassphrase, make_staff_key
from meldpunt.vault.services.trust import NoTrustedKey, current_key
from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import PASSPHRASE, browser, report, submission, work_on
from tests.meldpunt.reports.test_form import Reporter, sealed_in

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
DESK = "/werkplek/meldingen/"
ROOT = Path(__file__).parents[2]


PARTS = {"<slug:state>": "advised", "<uuid:pk>": str(UUID(int=1)), "<int:number>": "1"}


def desk_addresses(ref):
    """Every address of the desk that is about one report."""
    found = []
    for pattern in get_resolver("meldpunt.reports.urls_werkplek").url_patterns:
        route = str(pattern.pattern)
        if route.startswith("<str:ref>"):
            for part, value in PARTS.items():
                route = route.replace(part, value)
            found.append(DESK + route.replace("<str:ref>", ref))
    return found


def without_tokens(page):
    return re.sub(rb'(csrfmiddlewaretoken" value|nonce)="[^"]*"', b"", page.content)


# 1: bad input


def test_abuse_01_ten_thousand_fields_and_nested_json_store_nothing(demodam):
    reporter = Reporter()
    reporter.begins()
    many = reporter.answers("soort", **{f"f{number}": "x" for number in range(10_000)})
    assert many.status_code == 400
    proto = json.dumps({"__proto__": {"urgency": "now"}, "kind": {"$ne": ""}})
    page = Client().post("/meldpunt/melden/soort/", proto, content_type="application/json")
    assert page.status_code < 500
    assert not Report.objects.exists()


def test_abuse_01_a_field_that_this_step_does_not_ask_is_refused(demodam):
    reporter = Reporter()
    reporter.begins()
    smuggled = {"destroy_on": "2000-01-01", "phase": "closed", "urgency": "now"}
    assert reporter.answers("soort", **smuggled).status_code == 400
    assert not Report.objects.exists()


@pytest.mark.parametrize("step", ["-1", "bestaat-niet", "../soort", "0"])
def test_abuse_01_a_step_that_is_not_there_stores_nothing(demodam, step):
    page = Client().post(f"/meldpunt/melden/{step}/", {"kind": "worry"})
    assert page.status_code in (400, 404)
    assert not Report.objects.exists()


# 2: somebody else's report


def test_abuse_02_every_address_answers_a_neighbour_as_if_the_report_were_made_up(
    demodam, polderveen
):
    theirs, _code = report(polderveen)
    client = browser(demodam.holders[0], unlocked=True)
    with working_in([polderveen.pk]):
        before = list(SealedPart.objects.order_by("pk").values())
    for real, made_up in zip(desk_addresses(theirs.ref), desk_addresses("7K2M9QXD"), strict=True):
        for method in ("get", "post", "put", "delete"):
            one, other = getattr(client, method)(real), getattr(client, method)(made_up)
            assert one.status_code in (404, 405), real
            assert one.status_code == other.status_code, real
            hidden = without_tokens(one).replace(theirs.ref.encode(), b"7K2M9QXD")
            assert hidden == without_tokens(other), real
    with working_in([polderveen.pk]):
        assert list(SealedPart.objects.order_by("pk").values()) == before


def test_abuse_02_the_rows_stay_away_though_the_rule_of_the_view_is_gone(
    demodam, polderveen, monkeypatch
):
    theirs, _code = report(polderveen)
    monkeypatch.setattr("meldpunt.reports.policies.can_view", lambda *_: True)
    monkeypatch.setattr("meldpunt.reports.policies.can_open", lambda *_: True)
    client = browser(demodam.holders[0], unlocked=True)
    assert client.get(f"{DESK}{theirs.ref}/").status_code == 404
    assert not Report.objects.filter(pk=theirs.pk).exists()


# 3 and 4: codes


def test_abuse_03_unknown_ended_and_destroyed_codes_get_the_same_answer(demodam):
    made, destroyed = report(demodam)
    destroy_report(made, rule="x", by="system")
    _made, ended = report(demodam)
    conversation.end_contact(conversation.find_visit(conversation.open_conversation(ended).text))
    pages = [
        Client().post("/meldpunt/code/", {"code": code.formatted})
        for code in (ReceiptCode.new(), destroyed, ended)
    ]
    assert len({page.status_code for page in pages}) == 1
    assert len({without_tokens(page).replace(b"", b"") for page in map(shown, pages)}) == 1


def shown(page):
    """The page without the code that was typed, which it gives back."""
    page.content = re.sub(rb'name="code" value="[^"]*"', b'name="code"', page.content)
    return page


def test_abuse_03_a_wrong_check_symbol_never_reaches_the_slow_hash(demodam, monkeypatch):
    monkeypatch.setattr("meldpunt.vault.services.codes.derive_code_keys", lambda *_a, **_k: 1 / 0)
    page = Client().post("/meldpunt/code/", {"code": "ZDEB-Q244-MSCK-JBRF-JD"})
    assert page.status_code == 400


def test_abuse_04_a_code_costs_one_slow_hash_whether_it_exists_or_not(demodam, monkeypatch):
    from meldpunt.vault.services import codes

    counted = []
    slow = codes.derive_code_keys
    monkeypatch.setattr(
        codes, "derive_code_keys", lambda *a, **k: counted.append(1) or slow(*a, **k)
    )
    _made, real = report(demodam)
    for code in (real, ReceiptCode.new()):
        counted.clear()
        Client().post("/meldpunt/code/", {"code": code.formatted})
        assert counted == [1]


# 5 and 6: forged requests and web sessions


def test_abuse_05_no_mutation_without_the_token_and_none_by_get(demodam):
    made, _code = report(demodam)
    open_client = browser(demodam.holders[0], unlocked=True)
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = open_client.cookies
    before = snapshot()
    posts = [address for address in desk_addresses(made.ref) if address.count("/") > 4]
    for address in [*posts, "/meldpunt/melden/controle/", "/meldpunt/code/", f"{DESK}kluis/"]:
        for headers in ({}, {"HTTP_ORIGIN": "null"}, {"HTTP_ORIGIN": "https://evil.example"}):
            assert forged.post(address, {"text": "x"}, **headers).status_code == 403, address
    for address in posts:
        assert open_client.get(address).status_code in (200, 302, 404, 405), address
    assert snapshot() == before


def snapshot():
    """Every sealed row, as it stands."""
    tables = (Report, SealedPart, SecretWrap, CodeWrap)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_abuse_06_unlocking_gives_a_new_web_session(demodam):
    client = browser(demodam.holders[0])
    before = client.session.session_key
    client.post(f"{DESK}kluis/", {"passphrase": PASSPHRASE})
    assert client.session.session_key != before


def test_abuse_06_a_stolen_vault_cookie_is_worthless_after_closing(demodam):
    client = browser(demodam.holders[0], unlocked=True)
    stolen = dict(client.cookies)
    client.post(f"{DESK}kluis/sluiten/")
    thief = Client()
    for name, morsel in stolen.items():
        thief.cookies[name] = morsel.value
    assert thief.get(DESK).status_code == 302


# 7 to 9 are in test_abuse_files.py; here: where no files are taken


def test_abuse_09_a_file_that_is_sent_anyway_is_stored_nowhere(demodam, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    reporter = Reporter()
    reporter.comes_to_the_end()
    svg = SimpleUploadedFile("../../x.svg", b"<svg onload=alert(1)>", content_type="image/svg+xml")
    page = reporter.client.post(
        "/meldpunt/melden/controle/",
        {"antwoorden": sealed_in(reporter.page), "ga": "verder", "bijlage": svg},
    )
    assert page.status_code < 500
    assert not list(tmp_path.rglob("*"))
    assert all(b"svg onload" not in bytes(part.envelope) for part in SealedPart.objects.all())


# 10 and 11: text that wants to be more than text

EVIL = '"><script>alert(1)</script>{{7*7}}{% debug %}<img src=x onerror=alert(1)>'


def test_abuse_10_what_a_reporter_types_is_text_on_every_page(demodam):
    made, code = report(demodam, answers={"observed_facts": EVIL, "interpretation": EVIL})
    visit = conversation.find_visit(conversation.open_conversation(code).text)
    conversation.write_message(visit, text=EVIL, message_id=uuid4())
    desk = browser(demodam.holders[0], unlocked=True)
    desk.post(f"{DESK}{made.ref}/", {"reason": "handling"})
    reporter = Client()
    reporter.post("/meldpunt/code/", {"code": code.formatted})
    pages = [desk.get(f"{DESK}{made.ref}/"), reporter.get("/meldpunt/code/")]
    for page in pages:
        text = page.content.decode()
        assert "<script>alert(1)" not in text
        assert "<img src=x" not in text
        assert ">49" not in text
        assert "&lt;script&gt;" in text


def test_abuse_10_no_template_or_view_of_the_meldpunt_switches_escaping_off():
    for path in (ROOT / "meldpunt").rglob("*"):
        if path.suffix in (".html", ".py"):
            assert not re.search(r"\|\s*safe\b|mark_safe|autoescape off", path.read_text()), path


def test_abuse_11_line_ends_and_hosts_make_no_header(demodam):
    evil = "x\r\nSet-Cookie: a=b\r\nBcc: x@example.org"
    reporter = Reporter()
    page = reporter.comes_to_the_end(gedachten={"interpretation": evil})
    assert "a" not in page.cookies
    listed = Client().get("/meldpunt/", HTTP_ACCEPT_LANGUAGE=evil)
    assert "a" not in listed.cookies
    assert Client().get("/meldpunt/", HTTP_HOST="evil.example").status_code == 400


# 13 to 15: administrators, other surfaces, a dump


def test_abuse_13_a_superuser_opens_no_report_and_no_key(demodam):
    made, _code = report(demodam)
    root = UserFactory(is_superuser=True)
    client = browser(root)
    for address in [DESK, f"{DESK}sleutels/", f"{DESK}bewaren/", *desk_addresses(made.ref)]:
        assert client.get(address).status_code in (302, 404, 405), address
        assert made.shown_ref not in client.get(address, follow=True).content.decode()


def test_abuse_14_no_public_address_knows_a_reference(demodam, client):
    made, code = report(demodam)
    for address in ("/sitemap.xml", "/robots.txt", "/zoeken/", "/api/v1/", "/nieuws/rss/"):
        page = client.get(address, {"q": made.ref})
        text = getattr(page, "content", b"").decode(errors="replace").replace(f'"{made.ref}"', "")
        assert code.formatted not in text
        assert f"{made.pk}" not in text
    assert not re.search(r"api/v[23]|wagtailapi", (ROOT / "portal/urls.py").read_text())


def test_abuse_15_without_the_peppers_no_code_and_no_passphrase_can_be_tried(demodam, settings):
    _made, code = report(demodam)
    settings.MELDPUNT_WEB_PEPPER = "99" * 32
    with pytest.raises(conversation.CodeUnknown):
        conversation.open_conversation(code)
    settings.MELDPUNT_STAFF_PEPPER = "99" * 32
    with pytest.raises(WrongPassphrase):
        unlocking.keys_of(demodam.holders[0], passphrase=PASSPHRASE)


# 16: the guarantee


def test_abuse_16_an_old_backup_with_every_key_on_earth_opens_no_destroyed_report(demodam):
    """Oldest backup, newest keystore, both staff keys and the paper sheets: nothing opens."""
    first, second = demodam.holders
    staff = [unlocking.keys_of(person, passphrase=PASSPHRASE) for person in (first, second)]
    seed = RecoverySeed.new()
    sheets = write_sheets(seed)
    pair = RecoveryPair.new(seed=seed, municipality=demodam.pk)
    recovering.install_pair(demodam, pair, keys=staff[0], by=first)
    case = recovering.export_case(demodam, [])
    made, _code = report(demodam, identity={"name": "Noor"})
    wraps = [(row.domain, bytes(row.envelope)) for row in SecretWrap.objects.all()]
    rows = [(row.domain, row.pk, row.seq, bytes(row.envelope)) for row in SealedPart.objects.all()]

    tombstone = destroy_report(made, rule="verzoek", by="system")

    paper = unlocking.UnlockedKeys(tuple(case.opened(read_sheets(sheets[1:]))))
    keystore = Keystore(Surface.WORKSPACE)
    opened_halves = 0
    for keys in (*staff, paper):
        for domain, envelope in wraps:
            place = place_of(made, Domain(domain))
            secret = secret_for(place, [envelope], keys=keys)  # the half in the backup opens
            opened_halves += 1
            with pytest.raises(KeyGone):
                open_domain(place, secret, keystore=keystore)
    assert opened_halves == 12
    assert len(rows) >= 4
    assert check_certificate(tombstone).holds
    assert made.ref not in {work.ref for work in worklist(first, keys=staff[0], closed=True)}


# 17: somebody who writes in the database


def test_abuse_17_a_public_key_of_ones_own_takes_no_report(demodam):
    thief = WrapPrivateKey.new().public()
    row = current_key(demodam, KeyRole.REPORT)
    signed = json.loads(row.record)
    from meldpunt.vault.encryption.canonical import canonical_json, to_base64

    signed["record"] |= {"public": to_base64(thief.material), "key_id": thief.key_id}
    PublicKeyRecord.objects.filter(pk=row.pk).update(record=canonical_json(signed).decode())
    with pytest.raises(NoTrustedKey):
        receive_report(submission(demodam), report_id=uuid4(), code=ReceiptCode.new())
    assert not Report.objects.exists()


def test_abuse_17_a_wrap_of_ones_own_gets_no_key_at_the_next_rotation(demodam):
    first, second = demodam.holders
    thief = WrapPrivateKey.new().public()
    StaffKeyPair.objects.filter(user=second).update(public=thief.material)
    rotation.rotate_keys(demodam, keys=unlocking.keys_of(first, passphrase=PASSPHRASE), by=first)
    newest = current_key(demodam, KeyRole.REPORT)
    assert set(KeyWrap.objects.filter(key=newest).values_list("holder", flat=True)) == {first.pk}


def test_abuse_17_a_sealed_row_moved_elsewhere_does_not_open(demodam):
    one, _code = report(demodam)
    other, _code = report(demodam)
    stolen = SealedPart.objects.get(report=one, domain="report")
    SealedPart.objects.filter(report=other, domain="report").update(envelope=stolen.envelope)
    work, keys = work_on(other, demodam.holders[0])
    with pytest.raises((Unreadable, CannotOpen)):
        read_report(work, reason=ReadReason.HANDLING, keys=keys, by=demodam.holders[0])


def test_abuse_17_an_older_state_put_back_is_noticed(demodam):
    made, _code = report(demodam)
    work_on(made, demodam.holders[0])
    old = bytes(IndexBlob.objects.get().envelope)
    client = browser(demodam.holders[0], unlocked=True)
    client.post(f"{DESK}{made.ref}/behandelen/")
    assert IndexBlob.objects.get().seq > 0
    IndexBlob.objects.update(envelope=old)
    with pytest.raises(Unreadable):
        work_on(made, demodam.holders[0])


# 18, 20: traces


def test_abuse_18_nobody_is_mailed_an_error_and_no_log_takes_a_request():
    assert not django_settings.ADMINS
    assert "AdminEmailHandler" not in json.dumps(django_settings.LOGGING, default=str)


def test_abuse_20_nothing_of_the_meldpunt_may_be_kept_by_a_browser(demodam):
    made, code = report(demodam)
    reporter, desk = Client(), browser(demodam.holders[0], unlocked=True)
    reporter.post("/meldpunt/code/", {"code": code.formatted})
    pages = [
        reporter.get("/meldpunt/"),
        reporter.get("/meldpunt/code/"),
        Client().get("/meldpunt/code/"),
        desk.get(DESK),
        desk.get(f"{DESK}{made.ref}/"),
        desk.get(f"{DESK}bewaren/"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "no-store" in page.headers["Cache-Control"]
        assert "ETag" not in page.headers
        assert "Last-Modified" not in page.headers
        title = re.search(r"<title>(.*?)</title>", page.content.decode(), re.S)[1]
        assert made.ref not in title.replace("-", "")


# 22: staff


@pytest.mark.parametrize("weak", ["gemeente2026", "welkom123welkom123", "aaaa aaaa aaaa aaaa aaaa"])
def test_abuse_22_a_weak_passphrase_is_refused(demodam, weak):
    with pytest.raises(PassphraseTooWeak):
        make_staff_key(UserFactory(), passphrase=weak)


def test_abuse_22_who_is_removed_is_out_at_the_next_click_and_has_no_key(demodam):
    from portal.accounts.services import end_role

    leaver = demodam.holders[0]
    client = browser(leaver, unlocked=True)
    assert client.get(DESK).status_code == 200
    end_role(leaver.memberships.get(), by=UserFactory(roles=["functioneel-beheerder"]))
    assert client.get(DESK).status_code == 404
    assert not KeyWrap.objects.filter(holder=leaver).exists()


# 23: the trail


def test_abuse_23_no_trail_no_content(demodam, monkeypatch):
    made, _code = report(demodam)
    work, keys = work_on(made, demodam.holders[0])

    def broken(*_arguments, **_options):
        raise DatabaseError

    monkeypatch.setattr("meldpunt.reports.services.writing.record", broken)
    with pytest.raises(DatabaseError):
        read_report(work, reason=ReadReason.HANDLING, keys=keys, by=demodam.holders[0])


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_auditevent SET actor = 'x'", "DELETE FROM audit_auditevent"],
)
def test_abuse_23_the_trail_can_not_be_changed(demodam, statement):
    report(demodam)
    before = AuditEvent.objects.count()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.count() == before


# 25: retention


def test_abuse_25_a_hold_and_a_destruction_at_one_moment_never_both_win(demodam):
    fg = UserFactory(roles=["fg"])
    held, _code = report(demodam)
    holding.ask_hold(held, reason=HoldReason.COURT, until=timezone.localdate(), by=fg)
    with pytest.raises(OnHold):
        destroy_report(held, rule="term", by="system")
    gone, _code = report(demodam)
    destroy_report(gone, rule="term", by="system")
    with pytest.raises(holding.TooLate):
        holding.ask_hold(gone, reason=HoldReason.COURT, until=timezone.localdate(), by=fg)
