"""The desk hears that something came in: later, seldom, and not what (abuse case 19)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from meldpunt.reports.services import conversation, handling, trust_person
from meldpunt.reports.services.nudging import nudge_later
from meldpunt.vault.services import unlocking
from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import PASSPHRASE, handled, report, staff

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
MONDAY = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)  # noon in Amsterdam
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as moving:
        yield moving


def rounds(clock, *, hours):
    """What the schedule does in that time: the moments at which letters went out."""
    went = []
    for _round in range(hours * 6):
        if nudge_later():
            went.append(datetime.now(UTC))
        clock.shift(TEN_MINUTES)
    return went


def addressed():
    return sorted(letter.to[0] for letter in mail.outbox)


def emails(people):
    return sorted(person.email for person in people)


def test_whoever_can_open_what_came_in_gets_one_letter_and_nobody_else(clock, demodam, polderveen):
    trusted = staff(demodam)
    keys = unlocking.keys_of(demodam.holders[0], passphrase=PASSPHRASE)
    trust_person.make_trust_person_key(demodam, people=[trusted], keys=keys, by=demodam.holders[0])
    staff(demodam)  # a role, and no key yet
    UserFactory(roles=["portefeuillehouder"], roles__at=demodam)
    report(demodam)
    report(demodam)

    rounds(clock, hours=5)

    assert addressed() == emails([*demodam.holders, trusted])


def test_a_letter_is_the_same_for_a_report_and_a_message_and_says_nothing_of_either(clock, demodam):
    made, code = report(demodam)
    rounds(clock, hours=3)
    handled(made, demodam.holders[0])
    visit = conversation.find_visit(conversation.open_conversation(code).text)
    conversation.write_message(visit, text="Nog iets.", message_id=uuid4())
    rounds(clock, hours=3)

    assert addressed() == emails(demodam.holders * 2)
    assert len({(letter.subject, letter.body) for letter in mail.outbox}) == 1
    words = f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower()
    for word in ("melding", "melder", "meldpunt", demodam.name.lower(), made.ref.lower()):
        assert word not in words, word


def test_abuse_19_the_letter_comes_a_quarter_of_an_hour_to_an_hour_later(clock, demodam):
    delays = set()
    for _day in range(4):
        report(demodam)
        began = datetime.now(UTC)
        (moment,) = rounds(clock, hours=3)
        delays.add(moment - began)
        clock.shift(timedelta(days=1, hours=-3))
    assert all(timedelta(minutes=15) <= delay <= timedelta(minutes=70) for delay in delays)
    assert len(delays) > 1


def test_abuse_19_a_busy_day_is_one_letter_an_hour_at_most(clock, demodam):
    went = []
    for _round in range(30):
        report(demodam)
        if nudge_later():
            went.append(datetime.now(UTC))
        clock.shift(TEN_MINUTES)
    assert 1 < len(went) <= 5
    assert all(
        later - earlier >= timedelta(hours=1)
        for earlier, later in zip(went, went[1:], strict=False)
    )


def test_at_night_and_in_the_weekend_nobody_is_written_to(clock, demodam):
    clock.move_to(MONDAY + timedelta(days=4, hours=8))  # Friday evening
    report(demodam)

    (moment,) = rounds(clock, hours=72)

    assert moment.date() == (MONDAY + timedelta(days=7)).date()
    assert 7 <= moment.hour <= 9


def test_what_the_desk_does_itself_wakes_nobody(clock, demodam):
    made, _code = report(demodam)
    rounds(clock, hours=3)
    mail.outbox.clear()
    work, keys = handled(made, demodam.holders[0])
    handling.send_message(
        work, text="Dank u.", message_id=uuid4(), keys=keys, by=demodam.holders[0]
    )
    assert rounds(clock, hours=3) == []


def test_when_the_mail_server_is_away_the_letter_comes_an_hour_later(clock, demodam, settings):
    report(demodam)
    here = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(OSError, match="refused"):
        rounds(clock, hours=3)
    settings.EMAIL_BACKEND = here

    rounds(clock, hours=3)

    assert addressed() == emails(demodam.holders)


def test_the_trail_does_not_tell_the_hour_in_which_a_reporter_wrote(clock, demodam):
    report(demodam)
    rounds(clock, hours=3)
    (event,) = AuditEvent.objects.filter(action="meldpunt.nudged")
    assert event.moment == "2026-W10"


def test_the_command_says_how_many_letters_it_sent(clock, demodam, capsys):
    call_command("meldpunt_nudge")
    assert capsys.readouterr().out == "0 letter(s) sent.\n"
