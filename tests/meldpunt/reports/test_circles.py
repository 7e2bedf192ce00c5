"""A colleague who is kept away loses the report for good: by rule at once, by key soon after."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from meldpunt.reports.models import FileChunk, IndexBlob, Report, SealedPart, SecretWrap
from meldpunt.reports.safe_copies import FileKind
from meldpunt.reports.services import (
    assignment,
    attachments,
    certificates,
    conversation,
    handling,
    reading,
)
from meldpunt.reports.services.destruction import destroy_report
from meldpunt.reports.services.files import ChunkReader, open_bytes
from meldpunt.reports.services.parts import older_places_of, place_of
from meldpunt.reports.services.reaping import reap
from meldpunt.reports.services.resealing import catch_up
from meldpunt.reports.services.uploads import Cleared
from meldpunt.reports.services.worklist import ChangedMeanwhile, domain_of, worklist
from meldpunt.reports.workflow import ReadReason, StepNotAllowed
from meldpunt.vault.encryption import RetentionKey, derive_content_key
from meldpunt.vault.keystore import KeystoreKey
from meldpunt.vault.models import KeyWrap, PublicKeyRecord
from meldpunt.vault.services import holders, unlocking
from meldpunt.vault.services.domains import (
    CannotOpen,
    Domain,
    KeyGone,
    Keystore,
    NoKeyForThis,
    OpenDomain,
    Scratch,
    Surface,
    secret_for,
)
from meldpunt.vault.services.trust import KeyRole
from portal.audit.models import AuditEvent
from tests.factories.meldpunt import (
    PASSPHRASE,
    browser,
    handled,
    report,
    staff,
    third_holder,
    work_on,
)
from tests.meldpunt.reports.test_handling import WEIGHING

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
LIST = "/werkplek/meldingen/"


@pytest.fixture
def desk(demodam, settings):
    """Three holders who all opened the vault once; the first one handles a report."""
    settings.MELDPUNT_REAPER = "direct"
    third_holder(demodam)
    demodam.report, demodam.code = report(demodam, identity={"name": "Noor", "contact": "06"})
    demodam.first, demodam.second, demodam.away = demodam.holders
    for person in demodam.holders:
        work_on(demodam.report, person)
    handled(demodam.report, demodam.first)
    return demodam


def proposed(desk, by=None, colleague=None):
    by, colleague = by or desk.first, colleague or desk.away
    work, keys = work_on(desk.report, by)
    return assignment.exclude(work, colleague=colleague, why="Is familie.", keys=keys, by=by)


def agreed(desk, by=None):
    work, keys = work_on(desk.report, by or desk.second)
    work, _keys = assignment.agree_about_colleague(work, keys=keys, by=by or desk.second)
    desk.report.refresh_from_db()
    return work


@pytest.fixture
def kept_away(desk, django_capture_on_commit_callbacks):
    """The third holder is kept away by the other two."""
    with django_capture_on_commit_callbacks(execute=True):
        proposed(desk)
        agreed(desk)
    return desk


def read_by(desk, person):
    work, keys = work_on(desk.report, person)
    return reading.read_report(work, reason=ReadReason.HANDLING, keys=keys, by=person)


def saved_by(person, made):
    """All that somebody can carry home: their opened keys, and every row of a report."""
    return {
        "keys": unlocking.keys_of(person, passphrase=PASSPHRASE),
        "wraps": list(SecretWrap.objects.filter(report=made)),
        "parts": list(SealedPart.objects.filter(report=made)),
    }


def secrets_in(saved, made):
    """The secret of each domain, from what was saved."""
    found = {}
    for wrap in saved["wraps"]:
        place = place_of(made, Domain(wrap.domain))
        found[wrap.domain] = secret_for(place, [bytes(wrap.envelope)], keys=saved["keys"])
    return found


def test_what_a_colleague_saved_opens_no_longer_once_two_people_keep_them_away(
    desk, django_capture_on_commit_callbacks
):
    saved = saved_by(desk.away, desk.report)
    secrets = secrets_in(saved, desk.report)
    assert set(secrets) == set(Domain)  # until now they could open all of it
    with django_capture_on_commit_callbacks(execute=True):
        proposed(desk)
        agreed(desk)
    keystore = Keystore(Surface.WORKSPACE)
    for domain in ("report", "dialogue", "internal"):
        (older,) = older_places_of(desk.report, Domain(domain))
        with pytest.raises(KeyGone):  # the other half of what they saved
            keystore.get(older.keystore_id)
        wraps = SecretWrap.objects.filter(report=desk.report, domain=domain)
        assert wraps.exists()
        with pytest.raises(NoKeyForThis):
            envelopes = [bytes(wrap.envelope) for wrap in wraps]
            secret_for(place_of(desk.report, Domain(domain)), envelopes, keys=saved["keys"])


def test_not_even_with_the_keystore_can_they_read_what_was_reported_or_noted(desk):
    saved = saved_by(desk.away, desk.report)
    secrets = secrets_in(saved, desk.report)
    proposed(desk)
    agreed(desk)
    for domain in (Domain.REPORT, Domain.INTERNAL):
        place = place_of(desk.report, domain)
        half = RetentionKey(Keystore(Surface.WORKSPACE).get(place.keystore_id))
        key = derive_content_key(secrets[domain], half, place=place)
        for part in SealedPart.objects.filter(report=desk.report, domain=domain):
            with pytest.raises(CannotOpen):
                OpenDomain(place, key).open(bytes(part.envelope), row=part.pk, seq=part.seq)


def a_file(content):
    """A text file of a reporter, scanned and copied, with its original."""

    def scratch():
        made = Scratch()
        made.write(content)
        made.finish()
        return made

    return Cleared(FileKind.TEXT, len(content), "0" * 64, "ClamAV", [scratch()], scratch())


# Longer than the frames and the pieces in which it is sealed.
SENT = {Domain.REPORT: b"gestuurd " * 150_000, Domain.DIALOGUE: b"nagestuurd"}


@pytest.fixture
def with_files(desk):
    """The report came with a file, which the handler kept apart too; one more came by message."""
    desk.report, desk.code = report(desk, files=[a_file(SENT[Domain.REPORT])])
    for person in desk.holders:
        work_on(desk.report, person)
    handled(desk.report, desk.first)
    visit = conversation.find_visit(conversation.open_conversation(desk.code).text)
    sent = [a_file(SENT[Domain.DIALOGUE])]
    conversation.write_message(visit, text="Nog een.", message_id=uuid4(), files=sent)
    work, keys = work_on(desk.report, desk.first)
    (one, _other) = shown_to(desk, desk.first)
    attachments.keep_attachment(work, one, keys=keys, by=desk.first)
    return desk


def shown_to(desk, person):
    work, keys = work_on(desk.report, person)
    opened = reading.read_report(work, reason=ReadReason.HANDLING, keys=keys, by=person)
    return opened.files


def files_by(desk, person):
    """Every file as ``person`` opens it, safe copy and original, by the domain it lies in."""
    work, keys = work_on(desk.report, person)
    found = {}
    for one in shown_to(desk, person):
        copy = attachments.open_copy(work, one, 1, reason=ReadReason.HANDLING, keys=keys, by=person)
        domain = domain_of(desk.report, one.domain, keys=keys)
        assert open_bytes(desk.report, domain, one.part["original"]) == copy
        found[one.domain] = copy
    return found


def files_that_open(made, saved, domain, half):
    """The files of a domain that somebody opens with the secrets that they saved."""
    place = place_of(made, domain)
    key = derive_content_key(secrets_in(saved, made)[domain], RetentionKey(half), place=place)
    opened = []
    for file in set(FileChunk.objects.of(domain).values_list("file", flat=True)):
        with suppress(CannotOpen):
            opened.append(
                b"".join(OpenDomain(place, key).open_file(ChunkReader(made, file), row=file))
            )
    return opened


def test_the_files_of_a_report_get_new_keys_and_the_old_ones_open_none(
    with_files, django_capture_on_commit_callbacks
):
    desk, made = with_files, with_files.report
    whole = {**SENT, Domain.INTERNAL: SENT[Domain.REPORT]}
    saved, keystore = saved_by(desk.away, made), Keystore(Surface.WORKSPACE)
    halves = {domain: keystore.get(place_of(made, domain).keystore_id) for domain in whole}
    for domain, content in whole.items():  # until now they open every one, copy and original
        assert files_that_open(made, saved, domain, halves[domain]) == [content] * 2

    with django_capture_on_commit_callbacks(execute=True):
        proposed(desk)
        agreed(desk)

    assert files_by(desk, desk.first) == files_by(desk, desk.second) == whole
    for domain in whole:
        new = keystore.get(place_of(desk.report, domain).keystore_id)
        for half in (halves[domain], new) if domain is not Domain.DIALOGUE else (halves[domain],):
            assert files_that_open(made, saved, domain, half) == []


def test_the_list_of_the_municipality_does_not_open_its_line(kept_away):
    keys = unlocking.keys_of(kept_away.away, passphrase=PASSPHRASE)
    assert kept_away.report.ref not in [one.ref for one in worklist(kept_away.away, keys=keys)]
    blob = IndexBlob.objects.get(report=kept_away.report)
    assert int.from_bytes(bytes(blob.envelope)[4:8], "big") == 0  # under no index key at all


def test_who_stays_reads_and_writes_on_as_before(desk, django_capture_on_commit_callbacks):
    before = read_by(desk, desk.first)
    with django_capture_on_commit_callbacks(execute=True):
        proposed(desk)
        agreed(desk)
    for person in (desk.first, desk.second):
        opened = read_by(desk, person)
        assert opened.answers == before.answers
        assert len(opened.internal) == len(before.internal) + 2
        keys = unlocking.keys_of(person, passphrase=PASSPHRASE)
        assert [one.ref for one in worklist(person, keys=keys)] == [desk.report.ref]
    work, keys = work_on(desk.report, desk.first)
    handling.send_message(work, text="Dank u.", message_id=uuid4(), keys=keys, by=desk.first)
    visit = conversation.find_visit(conversation.open_conversation(desk.code).text)
    told = conversation.read_conversation(visit)
    assert [part["text"] for part in told.messages] == ["Dank u."]
    conversation.write_message(visit, text="Graag.", message_id=uuid4())
    assert [part["text"] for part in read_by(desk, desk.second).messages] == ["Dank u.", "Graag."]


def test_a_reporter_who_writes_at_that_very_moment_is_heard(desk):
    visit = conversation.find_visit(conversation.open_conversation(desk.code).text)
    proposed(desk)
    agreed(desk)
    conversation.write_message(visit, text="Nog iets.", message_id=uuid4())
    assert [part["text"] for part in read_by(desk, desk.second).messages] == ["Nog iets."]


def test_a_colleague_who_notes_something_at_that_very_moment_is_told_to_look_again(desk):
    work, keys = work_on(desk.report, desk.first)
    proposed(desk)
    agreed(desk)
    with pytest.raises((ChangedMeanwhile, NoKeyForThis)):
        handling.add_note(work, text="Kort.", message_id=uuid4(), keys=keys, by=desk.first)
    assert len(read_by(desk, desk.second).internal) == 4


def test_one_person_keeps_a_colleague_away_for_a_week_and_no_longer(desk):
    proposed(desk)
    assert work_on(desk.report, desk.away)[0] is None
    with time_machine.travel(timezone.now() + timedelta(days=7), tick=False):
        assert work_on(desk.report, desk.away)[0] is None
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert work_on(desk.report, desk.away)[0] is not None
        work, _keys = work_on(desk.report, desk.second)
        with pytest.raises(PermissionDenied):  # too late: it must be proposed again
            assignment.agree_about_colleague(work, keys=_keys, by=desk.second)
    desk.report.refresh_from_db()
    assert not desk.report.generation


def test_who_proposed_it_can_not_be_the_second_person(desk):
    work = proposed(desk)
    keys = unlocking.keys_of(desk.first, passphrase=PASSPHRASE)
    for deed in (assignment.agree_about_colleague, assignment.decline_about_colleague):
        with pytest.raises(PermissionDenied):
            deed(work, keys=keys, by=desk.first)
        with pytest.raises(PermissionDenied):
            deed(work, keys=keys, by=desk.away)


def test_nobody_of_another_municipality_is_the_second_person(desk, polderveen):
    work = proposed(desk)
    keys = unlocking.keys_of(polderveen.holders[0], passphrase=PASSPHRASE)
    with pytest.raises(PermissionDenied):
        assignment.agree_about_colleague(work, keys=keys, by=polderveen.holders[0])


def test_a_second_person_who_does_not_agree_lets_the_colleague_in_again(desk):
    proposed(desk)
    work, keys = work_on(desk.report, desk.second)
    assignment.decline_about_colleague(work, keys=keys, by=desk.second)
    assert work_on(desk.report, desk.away)[0] is not None
    desk.report.refresh_from_db()
    assert not desk.report.generation


def test_about_one_colleague_at_a_time(desk):
    fourth = third_holder(desk)
    work_on(desk.report, fourth)
    work, keys = proposed(desk), unlocking.keys_of(desk.first, passphrase=PASSPHRASE)
    with pytest.raises(StepNotAllowed):
        assignment.exclude(work, colleague=fourth, why="x", keys=keys, by=desk.first)


def test_who_keeps_themselves_away_is_locked_out_when_a_colleague_opens_it(desk):
    work, keys = work_on(desk.report, desk.away)
    assignment.exclude(work, colleague=desk.away, why="Is familie.", keys=keys, by=desk.away)
    desk.report.refresh_from_db()
    assert not desk.report.generation
    client = browser(desk.second, unlocked=True)
    assert client.get(f"{LIST}{desk.report.ref}/").status_code == 200
    desk.report.refresh_from_db()
    assert desk.report.generation == 1
    saved = unlocking.keys_of(desk.away, passphrase=PASSPHRASE)
    wraps = SecretWrap.objects.filter(report=desk.report, domain=Domain.REPORT)
    assert not {wrap.key_id for wrap in wraps} & {key.key_id for key in saved.held}
    # Whose request made the keys goes on without typing the passphrase again.
    assert client.get(f"{LIST}{desk.report.ref}/").status_code == 200


def test_two_people_let_a_colleague_back(kept_away):
    desk = kept_away
    work, keys = work_on(desk.report, desk.first)
    with pytest.raises(PermissionDenied):
        assignment.let_back(work, colleague=desk.second, why="x", keys=keys, by=desk.first)
    work = assignment.let_back(
        work, colleague=desk.away, why="Toch niet.", keys=keys, by=desk.first
    )
    with pytest.raises(PermissionDenied):
        assignment.agree_about_colleague(work, keys=keys, by=desk.first)
    assert work_on(desk.report, desk.away)[0] is None
    agreed(desk)
    assert read_by(desk, desk.away).answers
    assert AuditEvent.objects.filter(action="report.let_back", outcome="done").count() == 1


def test_who_becomes_a_holder_later_gets_it_when_a_colleague_opens_it(kept_away):
    desk, newcomer = kept_away, staff(kept_away)
    admission = holders.ask_admission(newcomer, municipality=desk, by=desk.first)
    holders.approve_admission(
        admission, keys=unlocking.keys_of(desk.second, passphrase=PASSPHRASE), by=desk.second
    )
    assert work_on(desk.report, newcomer)[0] is None
    browser(desk.first, unlocked=True).get(f"{LIST}{desk.report.ref}/")
    assert read_by(desk, newcomer).answers


def test_who_is_kept_away_and_becomes_a_holder_again_does_not_get_it(kept_away):
    desk = kept_away
    KeyWrap.objects.filter(holder=desk.away).delete()
    admission = holders.ask_admission(desk.away, municipality=desk, by=desk.first)
    holders.approve_admission(
        admission, keys=unlocking.keys_of(desk.second, passphrase=PASSPHRASE), by=desk.second
    )
    browser(desk.first, unlocked=True).get(f"{LIST}{desk.report.ref}/")
    assert not KeyWrap.objects.filter(holder=desk.away, key__role=KeyRole.CIRCLE).exists()


def test_when_one_of_the_circle_leaves_it_gets_new_keys_again(kept_away):
    desk = kept_away
    fourth = third_holder(desk)
    work_on(desk.report, fourth)
    browser(desk.first, unlocked=True).get(f"{LIST}{desk.report.ref}/")
    assert read_by(desk, fourth).answers
    fourth.memberships.update(valid_from="2020-01-01", valid_until="2020-12-31")
    call_command("meldpunt_leavers", verbosity=0)
    browser(desk.first, unlocked=True).get(f"{LIST}{desk.report.ref}/")
    desk.report.refresh_from_db()
    assert desk.report.generation == 2
    assert read_by(desk, desk.second).answers


def test_the_name_of_the_reporter_gets_new_keys_too(kept_away):
    desk = kept_away
    assert desk.report.identity_generation == 1
    work, keys = work_on(desk.report, desk.first)
    told = reading.read_identity(work, reason=ReadReason.HANDLING, keys=keys, by=desk.first)
    assert told["name"] == "Noor"
    saved = unlocking.keys_of(desk.away, passphrase=PASSPHRASE)
    wraps = SecretWrap.objects.filter(report=desk.report, domain=Domain.IDENTITY)
    assert not {wrap.key_id for wrap in wraps} & {key.key_id for key in saved.held}


def test_the_trail_names_the_keys_that_came_and_went_and_the_certificate_holds(kept_away):
    desk = kept_away
    died = AuditEvent.objects.get(action="report.old_key_destroyed").details["keys"]
    assert set(died) == {"report|0", "dialogue|0", "internal|0", "identity|0"}
    came = AuditEvent.objects.get(action="report.received").details
    assert set(died.values()) == set(came.values())
    tombstone = destroy_report(desk.report, rule="retention term", by="system")
    assert certificates.check_certificate(tombstone).holds
    assert not KeystoreKey.objects.using("keystore").exists()


def test_the_daily_round_destroys_a_replaced_key_that_a_backup_brought_back(kept_away):
    desk = kept_away
    (older,) = older_places_of(desk.report, Domain.REPORT)
    KeystoreKey(id=older.keystore_id.hex(), domain="report", key=b"x" * 32).save(using="keystore")
    done = reap(desk)
    assert done.again == done.destroyed == 0
    assert Keystore(Surface.WORKSPACE).is_gone(older.keystore_id)
    assert read_by(desk, desk.first).answers


def test_after_destruction_the_key_of_the_circle_goes_with_it(kept_away):
    desk = kept_away
    destroy_report(desk.report, rule="retention term", by="system")
    catch_up(keys=unlocking.keys_of(desk.first, passphrase=PASSPHRASE))
    assert PublicKeyRecord.objects.filter(role=KeyRole.CIRCLE).exists()
    assert not KeyWrap.objects.filter(key__role=KeyRole.CIRCLE).exists()


def test_steps_for_two_people_go_on_in_the_circle(kept_away):
    desk = kept_away
    work, keys = work_on(desk.report, desk.first)
    handling.take_step(work, to="for_weighing", recorded=WEIGHING, keys=keys, by=desk.first)
    work, keys = work_on(desk.report, desk.second)
    work = handling.agree(work, keys=keys, by=desk.second)
    assert work.entry.second == desk.second.pk


def test_an_attempt_that_was_interrupted_is_made_again(desk):
    proposed(desk)
    left_behind = place_of(
        Report(pk=desk.report.pk, municipality=desk, generation=1), Domain.INTERNAL
    )
    Keystore(Surface.WORKSPACE).put(left_behind.keystore_id, "internal", b"y" * 32)
    agreed(desk)
    assert desk.report.generation == 2
    assert read_by(desk, desk.first).answers


def test_the_list_asks_as_many_questions_for_one_circle_as_for_four(
    desk, django_assert_num_queries, django_capture_on_commit_callbacks
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _size in (1, 3):
        for _one in range(_size):
            desk.report, _code = report(desk)
            handled(desk.report, desk.first)
            with django_capture_on_commit_callbacks(execute=True):
                proposed(desk)
                agreed(desk)
        keys = unlocking.keys_of(desk.first, passphrase=PASSPHRASE)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            worklist(desk.first, keys=keys)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_screen_says_what_waits_and_who_can_agree(desk):
    first, second = browser(desk.first, unlocked=True), browser(desk.second, unlocked=True)
    at = f"{LIST}{desk.report.ref}/"
    first.post(at, {"reason": "handling"})
    second.post(at, {"reason": "second"})
    typed = {"uitsluiten-colleague": desk.away.pk, "uitsluiten-why": "Is familie."}
    assert first.post(f"{at}uitsluiten/", typed).status_code == 302
    assert "Ik ben het ermee eens" not in first.get(at).content.decode()
    assert str(desk.away) in second.get(at).content.decode()
    assert second.post(f"{at}uitsluiten/akkoord/").status_code == 302
    assert second.get(at).status_code == 200
    assert first.get(at).status_code == 302  # there is a new key: the passphrase once more
    first = browser(desk.first, unlocked=True)
    first.post(at, {"reason": "handling"})
    typed = {"terug-colleague": desk.away.pk, "terug-why": "Toch niet."}
    assert first.post(f"{at}terug/", {**typed, "terug-why": ""}).status_code == 400
    assert first.post(f"{at}terug/", typed).status_code == 302
    assert second.post(f"{at}uitsluiten/afwijzen/").status_code == 302
    assert browser(desk.away, unlocked=True).get(at).status_code == 404
