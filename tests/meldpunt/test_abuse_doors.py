"""Abuse cases 2, 4, 13 and 22: who comes in, and what a refusal tells (meldpunt.md section 12)."""

import time
from uuid import uuid4

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.apps import apps
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as DjangoPermission
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meldpunt.reports.services import conversation
from meldpunt.reports.services.destruction import destroy_report
from meldpunt.vault.models import KeyWrap
from meldpunt.vault.services import codes
from meldpunt.vault.services.codes import ReceiptCode
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.meldpunt import PASSPHRASE, browser, report, third_holder
from tests.factories.pages import home_page
from tests.meldpunt.test_abuse import DESK, desk_addresses, without_tokens

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
MADE_UP = "7K2M9QXD"


# 2: a refusal


def test_abuse_02_a_neighbours_report_costs_the_same_questions_as_one_that_is_made_up(
    demodam, polderveen
):
    """The same work means the same time; a clock would only measure how busy the machine is."""
    theirs, _code = report(polderveen)
    report(demodam)
    client = browser(demodam.holders[0], unlocked=True)

    def asked(address):
        with CaptureQueriesContext(connection) as questions:
            assert client.get(address).status_code in (404, 405)
        return [one["sql"].split(" ")[0] for one in questions]

    asked(f"{DESK}{MADE_UP}/")
    for real, made_up in zip(desk_addresses(theirs.ref), desk_addresses(MADE_UP), strict=True):
        assert asked(real) == asked(made_up), real


def test_abuse_02_a_refusal_stands_in_the_trail_and_does_not_say_of_what(demodam, polderveen):
    theirs, _code = report(polderveen)
    client = browser(demodam.holders[0], unlocked=True)
    lines = []
    for ref in (theirs.ref, MADE_UP):
        assert client.get(f"{DESK}{ref}/").status_code == 404
        lines.append(AuditEvent.objects.filter(action="report.refused").order_by("-seq").first())
    assert lines[0].pk != lines[1].pk
    for line in lines:
        assert line.actor == demodam.holders[0].reference
        assert line.chain == f"gemeente:{demodam.slug}"
        assert line.outcome == "refused"
        assert (line.subject, line.details) == ("", {})


def test_abuse_02_a_deed_that_somebody_may_not_do_stands_in_the_trail(demodam):
    made, _code = report(demodam)
    third_holder(demodam)
    handler, colleague = demodam.holders[:2]
    browser(handler, unlocked=True).post(f"{DESK}{made.ref}/behandelen/")
    client = browser(colleague, unlocked=True)
    client.post(f"{DESK}{made.ref}/", {"reason": "handling"})
    said = {"bericht-text": "Zonder dat ik dit behandel.", "bericht-message_id": str(uuid4())}
    page = client.post(f"{DESK}{made.ref}/bericht/", said)
    assert page.status_code == 404
    line = AuditEvent.objects.filter(action="report.refused").get()
    assert (line.actor, line.subject) == (colleague.reference, f"report:{made.ref}")


# 4: what the time of an answer tells


@pytest.fixture
def hashes(monkeypatch):
    """Every slow hash of a password, counted."""
    counted, encode = [], MD5PasswordHasher.encode

    def counting(self, *arguments, **options):
        counted.append(1)
        return encode(self, *arguments, **options)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return counted


def test_abuse_04_an_unknown_colleague_costs_as_many_slow_hashes_as_a_wrong_password(
    demodam, hashes
):
    home_page()
    known, spent, pages = demodam.holders[0].email, [], []
    for email in (known, "niemand@lindekade.example"):
        hashes.clear()
        client = Client()
        pages.append(client.post("/account/login/", {"login": email, "password": "fout-woord-9"}))
        assert "_auth_user_id" not in client.session
        spent.append(len(hashes))
    assert spent[0] == spent[1] > 0
    assert len({page.status_code for page in pages}) == 1


def test_abuse_04_who_asks_for_a_new_password_learns_nothing(demodam):
    home_page()
    answers = []
    for email in (demodam.holders[0].email, "niemand@lindekade.example"):
        page = Client().post("/account/password/reset/", {"email": email}, follow=True)
        answers.append((page.redirect_chain, without_tokens(page)))
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [[demodam.holders[0].email]]


def test_abuse_04_every_code_that_opens_nothing_costs_the_same_work(
    demodam, monkeypatch, time_machine
):
    """Two thousand codes on a clock say less than this: one slow hash and the same questions."""
    time_machine.move_to(timezone.now(), tick=False)  # one minute, one budget
    slow, counted = codes.derive_code_keys, []
    monkeypatch.setattr(
        codes, "derive_code_keys", lambda *a, **k: counted.append(1) or slow(*a, **k)
    )
    gone, destroyed = report(demodam)
    destroy_report(gone, rule="x", by="system")
    _made, ended = report(demodam)
    conversation.end_contact(conversation.find_visit(conversation.open_conversation(ended).text))
    _made, replaced = report(demodam)
    conversation.replace_code(
        conversation.find_visit(conversation.open_conversation(replaced).text)
    )
    work = set()
    Client().post("/meldpunt/code/", {"code": ReceiptCode.new().formatted})  # begins the minute
    for code in (ReceiptCode.new(), ReceiptCode.new(), destroyed, ended, replaced):
        client = Client()
        client.get("/meldpunt/code/")
        counted.clear()
        with CaptureQueriesContext(connection) as questions:
            assert client.post("/meldpunt/code/", {"code": code.formatted}).status_code == 400
        work.add((len(counted), tuple(one["sql"].split(" ")[0] for one in questions)))
    assert len(work) == 1
    assert next(iter(work))[0] == 1


# 13: administrators


def test_abuse_13_no_group_and_no_permission_of_wagtail_opens_the_desk(demodam):
    made, _code = report(demodam)
    editor = UserFactory(roles=["eindredacteur"])
    group = Group.objects.create(name="alles")
    group.permissions.set(DjangoPermission.objects.all())
    editor.groups.add(group, *Group.objects.all())
    editor.user_permissions.set(DjangoPermission.objects.all())
    client = browser(editor)
    for address in [DESK, f"{DESK}sleutels/", f"{DESK}bewaren/", *desk_addresses(made.ref)]:
        page = client.get(address)
        assert page.status_code in (404, 405), address
        assert made.ref not in page.content.decode().replace(address, "")
    assert not editor.municipalities_where(Permission.REPORTS_WORK)
    assert not KeyWrap.objects.filter(holder=editor).exists()


def test_abuse_13_nobody_signs_in_as_somebody_else():
    """No library that lets an administrator be a colleague, and no address for it."""
    names = " ".join(config.name for config in apps.get_app_configs())
    for word in ("hijack", "impersonat", "loginas", "su.", "masquerade"):
        assert word not in names


# 22: signing in as staff


def with_second_factor(user):
    secret = generate_totp_secret()
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(secret)}
    )
    return secret


def code_now(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def enter(user, typed, **elsewhere):
    """A new browser: the password, and then this code."""
    client = Client(**elsewhere)
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/2fa/authenticate/", {"code": typed})
    return client


def test_abuse_22_a_one_time_code_is_good_once(demodam, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    home_page()
    user = demodam.holders[0]
    typed = code_now(with_second_factor(user))
    assert "_auth_user_id" in enter(user, typed).session
    assert "_auth_user_id" not in enter(user, typed).session


def test_abuse_22_guessing_codes_is_stopped_and_locks_out_no_colleague(demodam, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    home_page()
    user, colleague = demodam.holders[:2]
    secret, other = with_second_factor(user), with_second_factor(colleague)
    thief = Client()
    thief.post("/account/login/", {"login": user.email, "password": PASSWORD})
    right = code_now(secret)
    for number in range(20):
        guess = f"{number:06}"
        if guess != right:
            thief.post("/account/2fa/authenticate/", {"code": guess})
    thief.post("/account/2fa/authenticate/", {"code": right})
    assert "_auth_user_id" not in thief.session
    assert "_auth_user_id" in enter(colleague, code_now(other), REMOTE_ADDR="192.0.2.7").session


def test_abuse_22_a_second_factor_that_somebody_else_adds_kills_the_keys(demodam):
    user = demodam.holders[0]
    assert KeyWrap.objects.filter(holder=user).exists()
    with_second_factor(user)
    client = browser(user)
    client.post(f"{DESK}kluis/", {"passphrase": PASSPHRASE})
    assert client.get(DESK).status_code == 302
    assert not KeyWrap.objects.filter(holder=user).exists()


def test_abuse_22_no_sign_in_of_elsewhere_can_be_bound_to_an_account(demodam):
    """There is one way in: the account of the portal, found by its own e-mail address."""
    assert not apps.is_installed("allauth.socialaccount")
    first = demodam.holders[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email=first.email.upper())
    assert User.objects.filter(email__iexact=first.email).get() == first


def test_abuse_22_a_role_that_ran_out_opens_nothing_though_the_key_is_there(demodam):
    made, _code = report(demodam)
    leaver = demodam.holders[0]
    client = browser(leaver, unlocked=True)
    leaver.memberships.update(valid_from="2000-01-01", valid_until="2000-01-02")
    assert KeyWrap.objects.filter(holder=leaver).exists()
    for address in (DESK, f"{DESK}{made.ref}/"):
        assert client.get(address).status_code == 404
