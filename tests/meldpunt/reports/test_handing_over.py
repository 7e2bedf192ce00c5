"""A report goes to the meldpunt next door: by two people, under its keys, and nobody here opens it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from meldpunt.reports.models import (
    CodeWrap,
    FileChunk,
    HandOver,
    HoldReason,
    IndexBlob,
    Report,
    Right,
    SealedPart,
    SecretWrap,
    Tombstone,
)
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import (
    assignment,
    attachments,
    certificates,
    conversation,
    handing_over,
    handling,
    holding,
    reading,
    rights,
)
from meldpunt.reports.services.destruction import destroy_report
from meldpunt.reports.services.files import open_bytes
from meldpunt.reports.services.guards import Refused
from meldpunt.reports.services.parts import place_of
from meldpunt.reports.services.reaping import reap
from meldpunt.reports.services.resealing import catch_up
from meldpunt.reports.services.totals import totals_for
from meldpunt.reports.services.trust_person import make_trust_person_key
from meldpunt.reports.services.worklist import ChangedMeanwhile, domain_of, worklist
from meldpunt.reports.workflow import ReadReason, ReportState, StepNotAllowed
from meldpunt.vault.encryption import RetentionKey, derive_content_key
from meldpunt.vault.keystore import KeystoreKey
from meldpunt.vault.services import unlocking
from meldpunt.vault.services.domains import (
    CannotOpen,
    Domain,
    NoKeyForThis,
    OpenDomain,
    secret_for,
)
from meldpunt.vault.services.statements import is_genuine
from portal.audit.models import AuditEvent
from portal.regions.models import ZoneSwitch
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.meldpunt import (
    PASSPHRASE,
    browser,
    handled,
    report,
    staff,
    third_holder,
    work_on,
)
from tests.meldpunt.reports.test_circles import a_file, saved_by
from tests.meldpunt.test_abuse import without_tokens

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
LIST = "/werkplek/meldingen/"
WHY = "Het gaat over het plein bij u."
NOTE = "Buurman Zilverkwarrel belde."
NAME = {"name": "Noor", "contact": "06"}


@pytest.fixture
def desk(demodam, polderveen, settings):
    """A report with a name, in the hands of the first holder, and a meldpunt next door."""
    settings.MELDPUNT_REAPER = "direct"
    demodam.next_door = polderveen
    demodam.report, demodam.code = report(demodam, identity=NAME)
    demodam.first, demodam.second = demodam.holders
    work, keys = handled(demodam.report, demodam.first)
    handling.add_note(work, text=NOTE, message_id=uuid4(), keys=keys, by=demodam.first)
    return demodam


def proposed(desk, *, by=None, name_goes=False, why=WHY):
    by = by or desk.first
    work, keys = work_on(desk.report, by)
    return handing_over.propose_hand_over(
        work, to=desk.next_door, why=why, name_goes=name_goes, keys=keys, by=by
    )


def agreed(desk, *, by=None):
    by = by or desk.second
    work, keys = work_on(desk.report, by)
    to = handing_over.agree_to_hand_over(work, why=WHY, keys=keys, by=by)
    with everywhere(desk):
        desk.report = Report.objects.get(pk=desk.report.pk)
    return to


@pytest.fixture
def handed(desk, django_capture_on_commit_callbacks):
    """The same, handed over without the name."""
    with django_capture_on_commit_callbacks(execute=True):
        proposed(desk)
        agreed(desk)
    return desk


def everywhere(desk):
    """Both meldpunten at once, as nobody works."""
    return working_in([desk.pk, desk.next_door.pk])


def read_there(desk, person=None):
    person = person or desk.next_door.holders[0]
    with working_in([desk.next_door.pk]):
        work, keys = work_on(desk.report, person)
        return reading.read_report(work, reason=ReadReason.HANDLING, keys=keys, by=person)


def opened_at_home(saved, made, halves):
    """Every part that these keys, these rows and these retention keys open."""
    found = []
    for wrap in saved["wraps"]:
        place = place_of(made, Domain(wrap.domain))
        secret = secret_for(place, [bytes(wrap.envelope)], keys=saved["keys"])
        for half in halves:
            key = derive_content_key(secret, RetentionKey(bytes(half)), place=place)
            for part in saved["parts"]:
                try:
                    domain = OpenDomain(place, key)
                    found.append(domain.open(bytes(part.envelope), row=part.pk, seq=part.seq))
                except CannotOpen:
                    continue
    return found


def halves_now():
    return list(KeystoreKey.objects.using("keystore").values_list("key", flat=True))


# What the people next door get


def test_the_people_next_door_read_it_as_a_report_that_just_came_in(handed):
    with working_in([handed.next_door.pk]):
        person = handed.next_door.holders[0]
        keys = unlocking.keys_of(person, passphrase=PASSPHRASE)
        (work,) = worklist(person, keys=keys)
    assert work.report.pk == handed.report.pk
    assert work.entry.state is ReportState.RECEIVED
    assert work.entry.assignee is None
    assert work.entry.received == timezone.localdate()
    opened = read_there(handed)
    assert "ruzie" in opened.answers["observed_facts"]
    assert [part["text"] for part in opened.history] == [f"{handed}: {WHY}"]


def test_they_handle_and_answer_it_and_the_reporter_reads_that(handed):
    with working_in([handed.next_door.pk]):
        first, second = handed.next_door.holders
        work, keys = handled(handed.report, first)
        handling.send_message(work, text="Wij kijken.", message_id=uuid4(), keys=keys, by=first)
        work, keys = work_on(handed.report, second)
        assert work.entry.assignee == first.pk
    visit = conversation.find_visit(conversation.open_conversation(handed.code).text)
    talk = conversation.read_conversation(visit)
    assert [part["text"] for part in talk.messages][-1] == "Wij kijken."
    conversation.write_message(visit, text="Dank u.", message_id=uuid4())
    assert [part["text"] for part in read_there(handed).messages][-1] == "Dank u."


def test_notes_stay_behind_and_die(handed):
    opened = read_there(handed)
    assert NOTE not in str(opened.internal)
    assert "step" not in {part["kind"] for part in opened.internal}
    assert not SealedPart.objects.filter(report=handed.report).exists()


def test_the_short_version_goes_along_once_the_answers_are_gone(desk):
    work, keys = work_on(desk.report, desk.first)
    to = ReportState.ADVISED
    recorded = {"advice": "Praat met hem.", "minimised": "Ruzie op een plein.", "minimised_done": 1}
    handling.take_step(work, to=to, recorded=recorded, keys=keys, by=desk.first)
    work, keys = work_on(desk.report, desk.first)
    handling.take_step(
        work, to=ReportState.CLOSED, recorded={"feedback": "Dank u."}, keys=keys, by=desk.first
    )
    call_command("meldpunt_reap")
    work, keys = work_on(desk.report, desk.first)
    handling.take_step(
        work, to=ReportState.IN_TRIAGE, recorded={"new_facts": "Meer."}, keys=keys, by=desk.first
    )
    proposed(desk)
    agreed(desk)
    opened = read_there(desk)
    assert opened.minimised == "Ruzie op een plein."
    assert opened.answers is None
    assert opened.work.entry.minimised
    with working_in([desk.next_door.pk]):
        assert Tombstone.objects.get(report=desk.report).envelope is None


def test_files_go_along_and_open_there(desk):
    desk.report, desk.code = report(desk, files=[a_file(b"Een tekst")])
    handled(desk.report, desk.first)
    work, keys = work_on(desk.report, desk.first)
    (attachment,) = reading.read_report(
        work, reason=ReadReason.HANDLING, keys=keys, by=desk.first
    ).files
    attachments.keep_attachment(work, attachment, keys=keys, by=desk.first)
    proposed(desk)
    agreed(desk)
    with working_in([desk.next_door.pk]):
        person = desk.next_door.holders[0]
        work, keys = work_on(desk.report, person)
        opened = reading.read_report(work, reason=ReadReason.HANDLING, keys=keys, by=person)
        assert len(opened.files) == 2
        for one in opened.files:
            domain = domain_of(work.report, one.domain, keys=keys)
            assert open_bytes(work.report, domain, one.copies[0]) == b"Een tekst"
    assert not FileChunk.objects.exists()


# The reporter


def test_the_reporter_keeps_the_code_and_reads_where_the_report_is(handed):
    visit = conversation.find_visit(conversation.open_conversation(handed.code).text)
    talk = conversation.read_conversation(visit)
    told = talk.messages[-1]["text"]
    assert "Polderveen" in told
    assert "Uw naam is niet meegegaan" in told
    assert visit.report.municipality == handed.next_door


def test_a_page_that_was_open_meanwhile_goes_on(desk, django_capture_on_commit_callbacks):
    cookie = conversation.open_conversation(desk.code).text
    visit = conversation.find_visit(cookie)
    with django_capture_on_commit_callbacks(execute=True):
        proposed(desk)
        agreed(desk)
    assert "Polderveen" in conversation.read_conversation(visit).messages[-1]["text"]
    stale = conversation.find_visit(cookie)
    assert stale.report.municipality == desk.next_door
    conversation.write_message(visit, text="Nog iets.", message_id=uuid4())
    assert read_there(desk).messages[-1]["text"] == "Nog iets."


def test_a_message_at_the_very_moment_arrives_next_door(desk, monkeypatch):
    visit = conversation.find_visit(conversation.open_conversation(desk.code).text)
    before = conversation.read_conversation(visit)
    proposed(desk)
    agreed(desk)
    monkeypatch.setattr(conversation, "read_conversation", lambda _visit: before)
    conversation.write_message(visit, text="Nog iets.", message_id=uuid4())
    assert read_there(desk).messages[-1]["text"] == "Nog iets."
    assert visit.row.municipality_id == desk.next_door.pk


def test_the_code_follows_though_nothing_was_destroyed_yet(desk, settings):
    settings.MELDPUNT_REAPER = "apart"
    proposed(desk)
    agreed(desk)
    assert CodeWrap.objects.filter(report=desk.report).exists()
    visit = conversation.find_visit(conversation.open_conversation(desk.code).text)
    assert "Polderveen" in conversation.read_conversation(visit).messages[-1]["text"]
    assert not CodeWrap.objects.filter(report=desk.report).exists()


def test_the_code_and_a_visit_follow_when_the_old_keys_die(handed):
    with everywhere(handed):
        assert CodeWrap.objects.get(report=handed.report).municipality == handed.next_door


# The name


def test_without_a_word_of_the_reporter_the_name_is_destroyed(handed):
    assert not read_there(handed).work.entry.has_identity
    with everywhere(handed):
        for table in (SealedPart, SecretWrap):
            assert not table.objects.filter(report=handed.report, domain=Domain.IDENTITY).exists()


def test_the_name_goes_along_when_the_reporter_said_so(desk):
    proposed(desk, name_goes=True)
    agreed(desk)
    person = desk.next_door.holders[0]
    with working_in([desk.next_door.pk]):
        work, keys = work_on(desk.report, person)
        found = reading.read_identity(work, reason=ReadReason.HANDLING, keys=keys, by=person)
    assert found["name"] == "Noor"
    visit = conversation.find_visit(conversation.open_conversation(desk.code).text)
    told = conversation.read_conversation(visit).messages[-1]["text"]
    assert "Uw naam is meegegaan" in told


def test_a_name_goes_along_only_by_the_hand_of_who_may_open_it(desk):
    proposed(desk, name_goes=True)
    work, keys = work_on(desk.report, desk.second)
    held = tuple(key for key in keys.held if key.role != "identity")
    less = unlocking.UnlockedKeys(held, keys.indexes)
    with pytest.raises(Refused):
        handing_over.agree_to_hand_over(work, why=WHY, keys=less, by=desk.second)
    assert work_on(desk.report, desk.second)[0].entry.hand_to == desk.next_door.pk


# Abuse case 24


def test_abuse_24_after_a_hand_over_the_old_meldpunt_gets_the_404_of_an_unknown_report(handed):
    client = browser(handed.first, unlocked=True)
    unknown = client.get(f"{LIST}22222222/")
    for address in ("", "doorgeven/", "uitdraai/", "stap/advised/"):
        page = client.get(f"{LIST}{handed.report.ref}/{address}")
        assert page.status_code in (404, 405), address
    gone = client.get(f"{LIST}{handed.report.ref}/")
    assert gone.status_code == unknown.status_code == 404
    ref = handed.report.ref.encode()
    assert without_tokens(gone).replace(ref, b"22222222") == without_tokens(unknown)
    assert handed.report.shown_ref not in client.get(LIST).content.decode()


def test_abuse_24_the_old_wrap_is_deleted_at_once(desk, settings):
    settings.MELDPUNT_REAPER = "apart"
    before = set(SecretWrap.objects.filter(report=desk.report).values_list("pk", flat=True))
    proposed(desk)
    agreed(desk)
    assert before
    keys = {key.key_id for key in unlocking.keys_of(desk.first, passphrase=PASSPHRASE).held}
    with everywhere(desk):
        assert not SecretWrap.objects.filter(pk__in=before).exists()
        wraps = SecretWrap.objects.filter(report=desk.report)
        assert wraps.count() == 3
        assert not keys & set(wraps.values_list("key_id", flat=True))


def test_abuse_24_the_old_meldpunt_cannot_open_a_row_that_it_saved(
    desk, django_capture_on_commit_callbacks
):
    made = desk.report
    saved = saved_by(desk.first, made)
    assert any("ruzie" in text for text in opened_at_home(saved, made, halves_now()))
    with django_capture_on_commit_callbacks(execute=True):
        proposed(desk)
        agreed(desk)
    assert opened_at_home(saved, made, halves_now()) == []


def test_abuse_24_the_old_meldpunt_opens_no_row_of_the_new_one_with_all_its_keys(handed):
    keys = unlocking.keys_of(handed.first, passphrase=PASSPHRASE)
    with working_in([handed.pk, handed.next_door.pk]):
        for domain in (Domain.REPORT, Domain.DIALOGUE, Domain.INTERNAL):
            with pytest.raises(NoKeyForThis):
                domain_of(handed.report, domain, keys=keys)
        assert catch_up(keys=keys) == 0


def test_abuse_24_one_person_alone_hands_nothing_over(desk):
    proposed(desk)
    with pytest.raises(PermissionDenied):
        agreed(desk, by=desk.first)
    assert work_on(desk.report, desk.second)[0] is not None


def test_abuse_24_a_colleague_who_does_not_handle_it_can_not_propose_it(desk):
    with pytest.raises(PermissionDenied):
        proposed(desk, by=desk.second)


def test_abuse_24_who_is_kept_away_can_neither_propose_nor_agree(desk):
    third = third_holder(desk)
    work, keys = work_on(desk.report, desk.first)
    assignment.exclude(work, colleague=third, why="Familie.", keys=keys, by=desk.first)
    work, keys = work_on(desk.report, desk.second)
    assignment.agree_about_colleague(work, keys=keys, by=desk.second)
    desk.report.refresh_from_db()
    proposed(desk)
    assert work_on(desk.report, third)[0] is None
    client = browser(third, unlocked=True)
    assert client.post(f"{LIST}{desk.report.ref}/doorgeven/akkoord/").status_code == 404


def test_abuse_24_both_trails_say_who_and_to_whom_and_no_word_of_it(handed):
    over = AuditEvent.objects.filter(action="report.handed_over").get()
    assert over.chain == f"gemeente:{handed.slug}"
    assert over.actor == handed.second.reference
    assert over.details == {"to": "polderveen", "first": handed.first.reference}
    there = AuditEvent.objects.get(action="report.handed_in")
    assert there.chain == "gemeente:polderveen"
    assert there.details["from"] == handed.slug
    assert set(there.details["keys"]) == {"report", "dialogue", "internal"}
    told = str(list(AuditEvent.objects.values()))
    assert WHY not in told
    assert "ruzie" not in told


def test_abuse_24_who_was_kept_away_here_and_works_there_is_kept_away_there(desk):
    third = third_holder(desk)
    work, keys = work_on(desk.report, desk.first)
    assignment.exclude(work, colleague=third, why="Familie.", keys=keys, by=desk.first)
    work, keys = work_on(desk.report, desk.second)
    assignment.agree_about_colleague(work, keys=keys, by=desk.second)
    desk.report.refresh_from_db()
    MembershipFactory(user=third, role="meldpuntmedewerker", municipality=desk.next_door)
    proposed(desk)
    agreed(desk)
    assert read_there(desk).work.entry.excluded == (third.pk,)


# Proof


def test_the_old_meldpunt_has_a_signed_proof_that_every_old_key_died(handed):
    gone = HandOver.objects.get()
    assert is_genuine("hand-over", gone.certificate)
    assert certificates.check_hand_over(gone).holds
    arrived = AuditEvent.objects.get(action="report.received").details
    assert set(arrived.values()) <= set(gone.keys.values())
    died = AuditEvent.objects.filter(
        action="report.old_key_destroyed", chain=f"gemeente:{handed.slug}"
    )
    assert died.get().details["keys"] == gone.keys


def test_without_the_reaper_there_is_no_proof_until_its_round(desk, settings):
    settings.MELDPUNT_REAPER = "apart"
    proposed(desk)
    agreed(desk)
    assert HandOver.objects.get().certificate == {}
    reap(desk)
    assert is_genuine("hand-over", HandOver.objects.get().certificate)


def test_the_certificate_of_its_destruction_next_door_holds(handed):
    with working_in([handed.next_door.pk]):
        stone = destroy_report(handed.report, rule="verzoek", by="system")
        assert certificates.check_certificate(stone).holds
        assert not CodeWrap.objects.exists()
    with pytest.raises(conversation.CodeUnknown):
        conversation.open_conversation(handed.code)


def test_the_daily_round_here_and_there_leaves_it_alone(handed):
    for place in (handed, handed.next_door):
        done = reap(place)
        assert (done.destroyed, done.again, done.failed) == (0, 0, ())
    assert read_there(handed).answers


def test_after_a_backup_from_before_nothing_of_it_opens_here(desk, settings):
    settings.MELDPUNT_REAPER = "apart"
    rows = list(SecretWrap.objects.values()), list(SealedPart.objects.values())
    proposed(desk)
    agreed(desk)
    reap(desk)
    with everywhere(desk):  # the same rows, as a backup brings them back
        SealedPart.objects.filter(report=desk.report).delete()
        SecretWrap.objects.filter(report=desk.report).delete()
        Report.objects.filter(pk=desk.report.pk).update(
            municipality=desk, generation=0, identity_generation=0, was_handed_in=False
        )
        HandOver.objects.all().delete()
        SecretWrap.objects.bulk_create(SecretWrap(**row) for row in rows[0])
        SealedPart.objects.bulk_create(SealedPart(**row) for row in rows[1])
    assert work_on(desk.report, desk.first)[0] is None
    assert reap(desk).again == 1
    assert not SealedPart.objects.exists()


# Back and further


def handed_back(desk):
    first, second = desk.next_door.holders
    with working_in([desk.next_door.pk]):
        handled(desk.report, first)
        work, keys = work_on(desk.report, first)
        handing_over.propose_hand_over(
            work, to=desk, why="Toch niet.", name_goes=False, keys=keys, by=first
        )
        work, keys = work_on(desk.report, second)
        handing_over.agree_to_hand_over(work, why="Toch niet.", keys=keys, by=second)


def test_it_can_come_back_and_its_code_and_certificate_still_hold(
    handed, django_capture_on_commit_callbacks
):
    conversation.open_conversation(handed.code)
    with django_capture_on_commit_callbacks(execute=True):
        handed_back(handed)
    handed.report = Report.objects.get(pk=handed.report.pk)
    work, keys = work_on(handed.report, handed.first)
    opened = reading.read_report(work, reason=ReadReason.HANDLING, keys=keys, by=handed.first)
    assert "ruzie" in opened.answers["observed_facts"]
    visit = conversation.find_visit(conversation.open_conversation(handed.code).text)
    assert visit.report.municipality_id == handed.pk
    assert certificates.check_hand_over(HandOver.objects.get(municipality=handed)).holds
    stone = destroy_report(handed.report, rule="verzoek", by="system")
    assert certificates.check_certificate(stone).holds


def test_it_does_not_come_back_before_the_old_keys_died(desk, settings):
    settings.MELDPUNT_REAPER = "apart"
    proposed(desk)
    agreed(desk)
    with pytest.raises(Refused):
        handed_back(desk)
    assert read_there(desk).answers
    reap(desk)
    handed_back_again = desk.next_door.holders[1]
    with working_in([desk.next_door.pk]):
        work, keys = work_on(desk.report, handed_back_again)
        handing_over.agree_to_hand_over(work, why="Toch.", keys=keys, by=handed_back_again)


def test_a_report_counts_once_and_where_it_came_in(handed):
    who = UserFactory(roles=["portefeuillehouder"], roles__at=handed)
    later = timezone.localdate() + timedelta(weeks=14)
    for _number in range(5):
        report(handed)
    (name, numbers), *_rest = totals_for(who, today=later).rows
    assert name == handed.name
    assert 6 in numbers
    there = UserFactory(roles=["portefeuillehouder"], roles__at=handed.next_door)
    with working_in([handed.next_door.pk]):
        for _number in range(5):
            report(handed.next_door)
    assert 5 in totals_for(there, today=later).rows[0][1]
    assert 6 not in totals_for(there, today=later).rows[0][1]


# What keeps it here


def test_a_hold_keeps_it_here(desk):
    fg = UserFactory(roles=["fg"])
    until = timezone.localdate() + timedelta(days=20)
    holding.ask_hold(desk.report, reason=HoldReason.COURT, until=until, by=fg)
    with pytest.raises(Refused):
        proposed(desk)


def test_a_hold_that_comes_in_between_keeps_it_here(desk):
    proposed(desk)
    fg = UserFactory(roles=["fg"])
    until = timezone.localdate() + timedelta(days=20)
    holding.ask_hold(desk.report, reason=HoldReason.COURT, until=until, by=fg)
    with pytest.raises(Refused):
        agreed(desk)
    assert work_on(desk.report, desk.second)[0].report.municipality_id == desk.pk


def test_a_request_of_somebody_keeps_it_here_until_it_is_answered(desk):
    asked = rights.register_request(
        desk, right=Right.ACCESS, received_on=date(2026, 1, 5), report=desk.report, by=desk.first
    )
    with pytest.raises(Refused):
        proposed(desk)
    rights.propose_answer(asked, answer="granted", by=desk.first)
    rights.agree_answer(asked, by=desk.second)
    proposed(desk)
    agreed(desk)
    asked.refresh_from_db()
    assert asked.report_id is None


def test_a_report_that_the_reporter_takes_back_goes_nowhere(desk):
    proposed(desk)
    visit = conversation.find_visit(conversation.open_conversation(desk.code).text)
    conversation.withdraw(visit, message_id=uuid4())
    with pytest.raises(Refused):
        agreed(desk)


def test_a_step_that_was_taken_in_between_keeps_it_here(desk):
    proposed(desk)
    work, keys = work_on(desk.report, desk.first)
    recorded = {"advice": "Praat.", "minimised": "Ruzie.", "minimised_done": 1}
    handling.take_step(work, to=ReportState.ADVISED, recorded=recorded, keys=keys, by=desk.first)
    with pytest.raises(Refused):
        agreed(desk)


def test_a_report_about_our_own_people_can_not_be_handed_over(desk):
    trusted = [staff(desk), staff(desk)]
    keys = unlocking.keys_of(desk.first, passphrase=PASSPHRASE)
    make_trust_person_key(desk, people=trusted, keys=keys, by=desk.first)
    made, _code = report(desk, about_staff=True)
    handled(made, trusted[0])
    work, keys = work_on(made, trusted[0])
    assert handing_over.desks_for(work) == []
    with pytest.raises(PermissionDenied):
        handing_over.propose_hand_over(
            work, to=desk.next_door, why=WHY, name_goes=False, keys=keys, by=trusted[0]
        )


def test_it_goes_only_to_a_meldpunt_that_is_open(desk):
    ZoneSwitch.objects.filter(municipality=desk.next_door).update(is_on=False)
    with pytest.raises(PermissionDenied):
        proposed(desk)


def test_it_is_proposed_once_and_can_be_declined_or_taken_back(desk):
    proposed(desk)
    with pytest.raises(StepNotAllowed):
        proposed(desk)
    work, keys = work_on(desk.report, desk.second)
    work = handing_over.decline_hand_over(work, keys=keys, by=desk.second)
    assert work.entry.hand_to is None
    with pytest.raises(PermissionDenied):
        handing_over.decline_hand_over(work, keys=keys, by=desk.second)
    proposed(desk)
    work, keys = work_on(desk.report, desk.first)
    assert handing_over.decline_hand_over(work, keys=keys, by=desk.first).entry.hand_to is None


def test_what_a_colleague_did_in_between_is_looked_at_first(desk):
    proposed(desk)
    work, keys = work_on(desk.report, desk.second)
    handled_work, first_keys = work_on(desk.report, desk.first)
    assignment.name_deputy(handled_work, deputy=desk.second, keys=first_keys, by=desk.first)
    with pytest.raises(ChangedMeanwhile):
        handing_over.agree_to_hand_over(work, why=WHY, keys=keys, by=desk.second)
    assert SecretWrap.objects.filter(report=desk.report).count() == 4
    agreed(desk)


def test_two_colleagues_who_agree_at_once_hand_it_over_once(desk):
    third = third_holder(desk)
    proposed(desk)
    work, keys = work_on(desk.report, third)
    agreed(desk)
    with pytest.raises(ChangedMeanwhile):
        handing_over.agree_to_hand_over(work, why=WHY, keys=keys, by=third)
    assert HandOver.objects.count() == 1
    assert read_there(desk).answers


def test_nothing_is_half_handed_over_when_it_fails(desk, monkeypatch):
    proposed(desk)
    before = {part.pk: bytes(part.envelope) for part in SealedPart.objects.all()}

    def away(*_args, **_kwargs):
        raise CannotOpen

    monkeypatch.setattr(handing_over, "own_index_domain", away)
    with pytest.raises(CannotOpen):
        agreed(desk)
    assert {part.pk: bytes(part.envelope) for part in SealedPart.objects.all()} == before
    assert IndexBlob.objects.get().municipality_id == desk.pk
    assert not HandOver.objects.exists()
    monkeypatch.undo()
    agreed(desk)
    assert read_there(desk).answers


# On the screen


class Screen:
    """The report in the browsers of the handler and of a colleague."""

    def __init__(self, desk):
        self.at = f"{LIST}{desk.report.ref}/"
        self.handler, self.colleague = (browser(one, unlocked=True) for one in desk.holders)
        self.handler.post(self.at, {"reason": "handling"})
        self.colleague.post(self.at, {"reason": "second"})

    def proposes(self, desk, **fields):
        given = {
            "doorgeven-to": desk.next_door.pk,
            "doorgeven-why": WHY,
            "doorgeven-name_goes": "no",
        }
        return self.handler.post(f"{self.at}doorgeven/", given | fields)


def test_two_people_hand_it_over_on_the_screen(desk, django_capture_on_commit_callbacks):
    screen = Screen(desk)
    assert "Polderveen" in screen.handler.get(screen.at).content.decode()
    assert screen.proposes(desk).status_code == 302
    waiting = "/werkplek/meldingen/?wie=tweede"
    assert desk.report.shown_ref in screen.colleague.get(waiting).content.decode()
    assert desk.report.shown_ref not in screen.handler.get(waiting).content.decode()
    page = screen.colleague.get(screen.at).content.decode()
    assert WHY in page
    assert "Ik ga akkoord" in page
    assert "Ik ga akkoord" not in screen.handler.get(screen.at).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = screen.colleague.post(f"{screen.at}doorgeven/akkoord/", follow=True)
    assert "Polderveen" in done.content.decode()
    assert screen.handler.get(screen.at).status_code == 404
    gone = screen.handler.get(f"{LIST}bewaren/doorgegeven/?gemeente={desk.slug}").content.decode()
    assert desk.report.shown_ref in gone
    assert "Polderveen" in gone
    proof = f"{LIST}bewaren/doorgegeven/{HandOver.objects.get().pk}/?gemeente={desk.slug}"
    for client in (screen.handler, browser(UserFactory(roles=["fg"]))):
        page = client.get(proof).content.decode()
        assert page.count("#circle-check") == 3
    next_door = browser(desk.next_door.holders[0])
    assert next_door.get(proof).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"doorgeven-to": ""},
        {"doorgeven-to": "999999"},
        {"doorgeven-to": "x"},
        {"doorgeven-why": ""},
        {"doorgeven-name_goes": ""},
    ],
)
def test_what_is_missing_is_said_at_the_field_and_nothing_is_kept(desk, fields):
    screen = Screen(desk)
    page = screen.proposes(desk, **fields)
    assert page.status_code == 400
    assert "portal-field-error" in page.content.decode() or "error" in page.content.decode()
    assert work_on(desk.report, desk.first)[0].entry.hand_to is None


def test_what_keeps_it_here_is_said_on_the_screen(desk):
    screen = Screen(desk)
    fg = UserFactory(roles=["fg"])
    until = timezone.localdate() + timedelta(days=20)
    holding.ask_hold(desk.report, reason=HoldReason.COURT, until=until, by=fg)
    page = screen.proposes(desk)
    assert page.status_code == 400
    assert "FG" in page.content.decode()


def test_the_colleague_who_declines_keeps_it_here(desk):
    screen = Screen(desk)
    screen.proposes(desk)
    assert screen.colleague.post(f"{screen.at}doorgeven/afwijzen/").status_code == 302
    assert "Blijft hier" in screen.handler.get(screen.at).content.decode()
    assert screen.colleague.post(f"{screen.at}doorgeven/akkoord/").status_code == 404
