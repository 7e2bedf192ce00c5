"""When many ask at once: nobody is turned away, and nobody is followed (abuse cases 3 and 21)."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import uuid4

import altcha
import pytest
import time_machine
from django.core import mail
from django.test import Client

from meldpunt.reports.models import CodeTries, IntakeBudget, Report, SealedPart, UsedProof
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import budgets, handling, puzzles
from meldpunt.reports.services.intake import receive_report
from meldpunt.vault.services.codes import ReceiptCode
from portal.audit.models import AuditEvent
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.meldpunt import handled, report, submission
from tests.meldpunt.reports.test_form import Reporter, sealed_in

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
CHECK = "/meldpunt/melden/controle/"


@pytest.fixture(autouse=True)
def _small_budgets(settings):
    settings.MELDPUNT_BUDGET = {
        **settings.MELDPUNT_BUDGET,
        "reports_per_hour": 2,
        "tries_per_minute": 3,
        "wrong_tries_per_minute": 6,
        "puzzle_cost": 10,
    }


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moving:
        yield moving


@pytest.fixture
def flooded(demodam, clock):
    """This hour's budget of Demodam is used up."""
    for _time in range(2):
        report(demodam)
    return demodam


def field(page, name):
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.content.decode())
    return unescape(found[1]) if found else ""


def challenge_on(page):
    found = re.search(r'data-puzzle="([^"]*)"', page.content.decode())
    return altcha.Challenge.from_dict(json.loads(unescape(found[1])))


def solved(challenge):
    """What the script of the page sends."""
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


def sends(reporter, **proof):
    reporter.page = reporter.client.post(
        CHECK, {"antwoorden": sealed_in(reporter.page), "ga": "verder", **proof}
    )
    return reporter.page


def another_report_of(reporter):
    """The same browser begins again, and comes to the end."""
    visit = reporter.client.cookies["f"].value
    reporter.comes_to_the_end()
    return visit


def test_abuse_21_thirty_people_at_one_address_all_get_through(demodam, settings):
    settings.MELDPUNT_BUDGET = {**settings.MELDPUNT_BUDGET, "reports_per_hour": 60}
    for _pupil in range(30):
        pupil = Reporter()
        pupil.comes_to_the_end()
        assert pupil.sends().status_code == 200
        assert pupil.code
    assert Report.objects.count() == 30


def test_abuse_21_above_the_budget_a_report_without_work_is_not_stored(flooded):
    reporter = Reporter()
    reporter.comes_to_the_end()
    page = sends(reporter)
    assert page.status_code == 429
    assert "Ik zag ruzie op het plein." in reporter.text  # nothing of what was typed is lost
    assert Report.objects.count() == 2


def test_abuse_21_a_real_report_during_a_flood_succeeds(flooded):
    reporter = Reporter()
    page = reporter.comes_to_the_end()
    assert sends(reporter, oplossing=solved(challenge_on(page))).status_code == 200
    assert reporter.code
    assert Report.objects.count() == 3


def test_the_same_form_sent_twice_with_one_solution_is_stored_once(flooded):
    reporter = Reporter()
    page = reporter.comes_to_the_end()
    solution = solved(challenge_on(page))
    sealed = {"antwoorden": sealed_in(page), "ga": "verder", "oplossing": solution}
    first, second = reporter.client.post(CHECK, sealed), reporter.client.post(CHECK, sealed)
    assert first.status_code == second.status_code == 200
    assert Report.objects.count() == 3


def test_abuse_21_a_solution_is_good_once(flooded):
    reporter = Reporter()
    page = reporter.comes_to_the_end()
    solution = solved(challenge_on(page))
    assert sends(reporter, oplossing=solution).status_code == 200
    visit = reporter.client.cookies["f"].value
    reporter.comes_to_the_end()
    reporter.client.cookies["f"] = visit
    assert not puzzles.is_proved(
        puzzles.Proof(solution),
        cookie=puzzles.VisitCookie.from_text(visit),
        what="another report",
    )
    assert Report.objects.count() == 3


def test_abuse_21_work_done_for_another_visit_or_too_long_ago_counts_for_nothing(flooded, clock):
    hoarder = Reporter()
    hoarded = solved(challenge_on(hoarder.comes_to_the_end()))
    reporter = Reporter()
    reporter.comes_to_the_end()
    assert sends(reporter, oplossing=hoarded).status_code == 429
    clock.shift(timedelta(minutes=31))
    assert sends(hoarder, oplossing=hoarded).status_code == 429
    assert Report.objects.count() == 2


@pytest.mark.parametrize("secret", [None, "guessed"])
def test_abuse_21_a_puzzle_of_ones_own_making_counts_for_nothing(flooded, secret):
    reporter = Reporter()
    page = reporter.comes_to_the_end()
    theirs = challenge_on(page)
    easy = altcha.create_challenge(
        "PBKDF2/SHA-256", 1, key_prefix="", hmac_secret=secret, data=theirs.parameters.data
    )
    easier = altcha.Challenge(
        easy.parameters, theirs.signature if secret is None else easy.signature
    )
    assert sends(reporter, oplossing=solved(easier)).status_code == 429


@pytest.mark.parametrize(
    "garbage", ["x", "e30=", "bnVsbA==", "W10=", "\x00", "9" * 5000, "eyJjaGFsbGVuZ2UiOiB7fX0="]
)
def test_a_solution_that_is_none_gets_the_kind_page(flooded, garbage):
    reporter = Reporter()
    reporter.comes_to_the_end()
    assert sends(reporter, oplossing=garbage, wachtkaart=garbage).status_code in (400, 429)
    assert not UsedProof.objects.exists()


def test_who_has_no_script_waits_a_minute_and_gets_through(flooded, clock):
    reporter = Reporter()
    page = reporter.comes_to_the_end()
    assert "Wacht 60 seconden" in reporter.text
    clock.shift(timedelta(seconds=45))
    page = sends(reporter, wachtkaart=field(page, "wachtkaart"))
    assert page.status_code == 429
    assert "Wacht 15 seconden" in reporter.text  # the waiting goes on, and does not begin again
    clock.shift(timedelta(seconds=15))
    assert sends(reporter, wachtkaart=field(page, "wachtkaart")).status_code == 200


def test_a_wait_is_good_once_and_only_for_who_waited(flooded, clock):
    reporter = Reporter()
    page = reporter.comes_to_the_end()
    visit = puzzles.VisitCookie.from_text(reporter.client.cookies["f"].value)
    proof = puzzles.Proof(note=field(page, "wachtkaart"))
    clock.shift(timedelta(seconds=61))
    other = puzzles.VisitCookie.new()
    assert not puzzles.is_proved(proof, cookie=other, what="a")
    assert puzzles.is_proved(proof, cookie=visit, what="a")
    assert puzzles.is_proved(proof, cookie=visit, what="a")
    assert not puzzles.is_proved(proof, cookie=visit, what="b")


@pytest.mark.parametrize(
    ("share", "seconds"), [(0.2, 60), (1, 60), (2, 120), (3.5, 240), (99, 600)]
)
def test_the_wait_grows_with_the_flood_and_never_past_ten_minutes(share, seconds):
    assert budgets.Load(share).wait == seconds


def test_a_flood_next_door_is_nobody_elses(flooded, polderveen):
    assert budgets.load_of(flooded).is_over
    assert not budgets.load_of(polderveen).is_over


def test_the_next_hour_begins_anew(flooded, clock):
    clock.shift(timedelta(hours=1))
    assert not budgets.load_of(flooded).is_over


def test_a_municipality_may_have_a_budget_of_its_own(flooded, settings):
    settings.MELDPUNT_REPORTS_PER_HOUR_BY_MUNICIPALITY = {flooded.slug: 5}
    assert not budgets.load_of(flooded).is_over


def test_what_is_counted_names_no_person_no_address_and_no_browser():
    kept = {
        column.name
        for table in (IntakeBudget, CodeTries, UsedProof)
        for column in table._meta.get_fields()
    }
    assert kept == {
        *{"municipality", "hour", "count", "day", "reached", "told"},
        *{"id", "minute", "used_for", "expires_at"},
    }


def test_an_earlier_hour_is_forgotten(flooded, clock):
    clock.shift(timedelta(hours=1))
    budgets.tell_owners()
    assert IntakeBudget.objects.get().hour == 0
    clock.shift(timedelta(days=1))
    budgets.tell_owners()
    assert not IntakeBudget.objects.exists()


# A conversation that is open


def writes(client, text="Nog iets."):
    return client.post("/meldpunt/code/bericht/", {"text": text, "message_id": str(uuid4())})


def test_abuse_21_who_writes_without_end_waits_for_an_answer_and_loses_no_word(demodam, settings):
    settings.MELDPUNT_BUDGET = {**settings.MELDPUNT_BUDGET, "messages_in_a_row": 3}
    made, code = report(demodam)
    client = Client()
    client.post("/meldpunt/code/", {"code": code.formatted})
    assert [writes(client).status_code for _time in range(3)] == [302] * 3
    before = SealedPart.objects.count()
    page = writes(client, "Dit wil ik nog kwijt.")
    assert page.status_code == 429
    assert "Dit wil ik nog kwijt." in page.content.decode()
    assert "Wacht tot wij" in unescape(page.content.decode())
    other_window = Client()
    other_window.post("/meldpunt/code/", {"code": code.formatted})
    assert writes(other_window).status_code == 429
    assert SealedPart.objects.count() == before
    assert client.post("/meldpunt/code/intrekken/", {"sure": "on"}).status_code == 302
    assert made.pk


def test_after_an_answer_of_the_desk_the_reporter_writes_on(demodam, settings):
    settings.MELDPUNT_BUDGET = {**settings.MELDPUNT_BUDGET, "messages_in_a_row": 1}
    made, code = report(demodam)
    client = Client()
    client.post("/meldpunt/code/", {"code": code.formatted})
    assert [writes(client).status_code for _time in range(2)] == [302, 429]
    work, keys = handled(made, demodam.holders[0])
    handling.send_message(
        work, text="Wij lezen het.", message_id=uuid4(), keys=keys, by=demodam.holders[0]
    )
    assert writes(client).status_code == 302


NASTY = {
    "digits": "1" * 8000,
    "digits and spaces": "1 " * 4000,
    "at signs": "a@" * 4000,
    "letters": "a" * 7999 + "!",
    "capitals": "Aa " * 2600,
    "dashes": "AA-" * 2600,
    "dots": "a." * 4000,
    "slashes": "http://" * 1100,
}
WARN = """
import json, resource, sys
import django; django.setup()
from meldpunt.reports.forms.personal_data import notices_in
for what, text in json.load(sys.stdin).items():
    spent = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + 10, hard))
    print(what, flush=True)
    notices_in(text)
"""


def test_abuse_21_no_text_makes_the_warnings_search_without_end():
    """A process that spends many seconds on one of them is stopped by the system."""
    done = subprocess.run(
        [sys.executable, "-c", WARN],
        input=json.dumps(NASTY),
        capture_output=True,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test"},
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout} {done.stderr[-500:]}"
    assert done.stdout.split("\n")[:-1] == list(NASTY)


# The process owner hears of it


@pytest.fixture
def owner(demodam):
    return UserFactory(roles=["portefeuillehouder"], roles__at=demodam)


def test_the_process_owner_hears_of_half_most_and_all_of_a_budget_once_each(
    demodam, owner, clock, settings
):
    settings.MELDPUNT_BUDGET = {**settings.MELDPUNT_BUDGET, "reports_per_hour": 10}
    told = []
    for number in range(1, 13):
        receive_report(submission(demodam), report_id=uuid4(), code=ReceiptCode.new())
        budgets.tell_owners()
        budgets.tell_owners()
        told += [number] * (len(mail.outbox) - len(told))
    assert told == [5, 8, 10]
    assert {letter.to[0] for letter in mail.outbox} == {owner.email}
    shares = AuditEvent.objects.filter(action="meldpunt.busy").values_list("details", flat=True)
    assert sorted(one["percent"] for one in shares) == [50, 80, 100]


def test_a_letter_about_a_full_budget_says_nothing_of_reports(flooded, owner):
    assert budgets.tell_owners() == 1
    letter = mail.outbox[0]
    words = f"{letter.subject} {letter.body}".lower()
    for word in ("melding", "meldpunt", flooded.name.lower(), "%", "2"):
        assert word not in words.replace("http://127.0.0.1:8000", ""), word


def rounds(clock, hours):
    """What the schedule does in that time; the minutes at which a letter went out."""
    went = []
    for number in range(hours * 6):
        if budgets.tell_owners_later():
            went.append(number * 10)
        clock.shift(timedelta(minutes=10))
    return went


def test_abuse_19_a_letter_comes_a_quarter_of_an_hour_to_an_hour_later(flooded, owner, clock):
    (minutes,) = rounds(clock, hours=3)
    assert 15 <= minutes <= 70  # the schedule looks every ten minutes
    assert len(mail.outbox) == 1


def test_abuse_19_the_delay_is_not_the_same_each_time(flooded, owner, clock):
    delays = set()
    for _day in range(20):
        for _time in range(2):
            report(flooded)
        delays.update(rounds(clock, hours=2))
        clock.shift(timedelta(days=1))
    assert len(delays) > 1


def test_abuse_19_seven_hundred_reports_at_once_are_one_letter_an_hour_at_most(
    demodam, polderveen, owner, clock, settings
):
    settings.MELDPUNT_BUDGET = {**settings.MELDPUNT_BUDGET, "reports_per_hour": 100}
    MembershipFactory(user=owner, role="portefeuillehouder", municipality=polderveen)
    went = []
    for number in range(700):
        for place in (demodam, polderveen):
            with working_in([place.pk]):
                budgets.count_report(place)
        if number % 40 == 39:
            went += [bool(budgets.tell_owners_later())]
            clock.shift(timedelta(minutes=10))
    went += [False] * 6
    assert 1 <= sum(went) <= 3
    assert all(sum(went[start : start + 6]) <= 1 for start in range(len(went)))
    assert len(mail.outbox) == sum(went)
    assert {(letter.subject, letter.body) for letter in mail.outbox} == {
        (mail.outbox[0].subject, mail.outbox[0].body)
    }


def test_abuse_19_a_letter_that_was_due_at_midnight_is_not_lost(flooded, owner, clock):
    clock.move_to(NOON + timedelta(hours=10, minutes=55))  # five to midnight in Amsterdam
    for _time in range(2):
        report(flooded)
    assert rounds(clock, hours=2)


def test_the_next_day_a_share_is_told_again(flooded, owner, clock):
    budgets.tell_owners()
    clock.shift(timedelta(days=1))
    for _time in range(2):
        report(flooded)
    budgets.tell_owners()
    assert len(mail.outbox) == 2


# The code page


def visitor():
    client = Client()
    client.get("/meldpunt/code/")
    return client


def tries(client, code, **proof):
    return client.post("/meldpunt/code/", {"code": code.formatted, **proof})


def test_abuse_03_after_some_tries_a_visit_has_to_work_and_no_code_is_locked(demodam, clock):
    _made, real = report(demodam)
    client = visitor()
    answers = [tries(client, ReceiptCode.new()).status_code for _time in range(3)]
    page = tries(client, real)
    assert [*answers, page.status_code] == [400, 400, 400, 429]
    assert tries(client, real, oplossing=solved(challenge_on(page))).status_code == 302


def test_abuse_03_many_visits_together_have_a_budget_of_wrong_codes(demodam, clock):
    _made, real = report(demodam)
    assert [tries(visitor(), ReceiptCode.new()).status_code for _time in range(7)] == [400] * 6 + [
        429
    ]
    honest = visitor()
    page = tries(honest, real)
    assert page.status_code == 429
    assert tries(honest, real, oplossing=solved(challenge_on(page))).status_code == 302
    clock.shift(timedelta(minutes=1))
    assert tries(visitor(), real).status_code == 302


def test_abuse_03_a_solution_opens_the_door_for_one_code(demodam, clock):
    client = visitor()
    for _time in range(3):
        tries(client, ReceiptCode.new())
    solution = solved(challenge_on(tries(client, ReceiptCode.new())))
    assert tries(client, ReceiptCode.new(), oplossing=solution).status_code == 400
    assert tries(client, ReceiptCode.new(), oplossing=solution).status_code == 429


def test_abuse_03_a_try_above_the_budget_never_reaches_the_slow_hash(demodam, clock, monkeypatch):
    client = visitor()
    for _time in range(3):
        tries(client, ReceiptCode.new())
    monkeypatch.setattr("meldpunt.vault.services.codes.derive_code_keys", lambda *_a, **_k: 1 / 0)
    assert tries(client, ReceiptCode.new()).status_code == 429


def test_right_codes_use_up_no_budget_of_others(demodam, clock):
    _made, real = report(demodam)
    assert {tries(visitor(), real).status_code for _time in range(8)} == {302}


def test_used_proofs_and_old_tries_are_forgotten(flooded, clock):
    reporter = Reporter()
    sends(reporter, oplossing=solved(challenge_on(reporter.comes_to_the_end())))
    assert UsedProof.objects.count() == 1
    tries(visitor(), ReceiptCode.new())
    clock.shift(timedelta(hours=1))
    assert puzzles.forget_used() == 1
    tries(visitor(), ReceiptCode.new())
    assert set(CodeTries.objects.values_list("count", flat=True)) == {1}
