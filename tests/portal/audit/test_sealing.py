from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.audit import sealing
from portal.audit.models import AuditEvent, AuditSeal, ProcessingRecord
from portal.audit.services import record

pytestmark = pytest.mark.django_db
CHAIN = "gemeente:demodam"


@pytest.fixture(autouse=True)
def _own_directory(settings, tmp_path):
    settings.AUDIT_SEAL_DIR = str(tmp_path / "seal")


def happen(times=1, action="vault.locked"):
    for _ in range(times):
        record(action, by="user:a", chain=CHAIN, precision="hour")


def tampered(statement, *values):
    """Change the trail as somebody with the rights of a superuser."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER ALL")
            cursor.execute("ALTER TABLE audit_auditseal DISABLE TRIGGER ALL")
        else:
            for name in ("audit_event_UPDATE", "audit_event_DELETE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            for name in ("audit_auditseal_UPDATE", "audit_auditseal_DELETE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(statement, values)


def test_every_event_gets_a_seal_and_the_first_key_checks_them_all():
    happen(3)
    first = sealing.begin(CHAIN)
    happen(4)
    assert sealing.seal_all() == 4
    assert AuditSeal.objects.count() == 7
    assert list(sealing.broken_seals(CHAIN, first_key=first)) == []


def test_whoever_takes_the_machine_can_not_make_yesterdays_seals(tmp_path):
    first = sealing.begin(CHAIN)
    happen(3)
    sealing.seal_all()
    kept = next((tmp_path / "seal").iterdir()).read_text()
    assert first.hex() not in kept
    assert sealing.evolved(first).hex() not in kept
    # Somebody rewrites event 2 with all hashes after it, and seals with the key of today.
    forged = b"\x07" * 32
    tampered("UPDATE audit_auditevent SET digest = %s WHERE seq = 2", forged)
    tampered(
        "UPDATE audit_auditseal SET seal = %s WHERE seq = 2", sealing.seal_of(b"k" * 32, forged)
    )
    assert list(sealing.broken_seals(CHAIN, first_key=first)) == [2]


def test_an_event_that_is_gone_is_named():
    first = sealing.begin(CHAIN)
    happen(3)
    sealing.seal_all()
    tampered("DELETE FROM audit_auditevent WHERE seq IN (2, 3)")
    assert list(sealing.broken_seals(CHAIN, first_key=first)) == [2, 3]


def test_a_signer_that_crashed_after_its_rows_makes_the_same_seals_again(monkeypatch):
    first = sealing.begin(CHAIN)
    happen(2)
    with monkeypatch.context() as broken:
        broken.setattr(sealing, "_keep", lambda *_arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sealing.seal_tail(CHAIN)
    assert AuditSeal.objects.count() == 2
    sealing.seal_tail(CHAIN)
    assert list(sealing.broken_seals(CHAIN, first_key=first)) == []


def test_a_chain_begins_once():
    call_command("audit_seal", begin=CHAIN, stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("audit_seal", begin=CHAIN, stdout=StringIO())


def test_the_command_checks_the_seals_with_the_key_of_the_fg():
    first = sealing.begin(CHAIN)
    happen(2)
    call_command("audit_seal", stdout=StringIO())
    call_command("audit_verify", chain=CHAIN, first_key=first.hex(), stdout=StringIO())
    with pytest.raises(CommandError, match="number 1"):
        call_command("audit_verify", chain=CHAIN, first_key="00" * 32, stdout=StringIO())


def test_nothing_sealed_is_read_when_the_signer_is_away_for_five_minutes():
    sealing.begin(CHAIN)
    happen()
    sealing.require_signer(CHAIN)
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=6)):
        with pytest.raises(sealing.SignerAway):
            sealing.require_signer(CHAIN)
        sealing.seal_all()
        sealing.require_signer(CHAIN)


def test_seals_and_processings_can_not_be_changed_or_removed():
    sealing.begin(CHAIN)
    happen(1, "report.opened")
    sealing.seal_all()
    for table in (AuditSeal, ProcessingRecord):
        for deed in (table.objects.all().delete, lambda t=table: t.objects.update(id=9)):
            with pytest.raises(DatabaseError), transaction.atomic():
                deed()


def test_the_log_of_processings_names_what_and_never_whom():
    record("report.opened", by="user:alice", subject="report:7K2M9QXD", chain=CHAIN)
    record("report.received", by="reporter", chain=CHAIN, precision="week")
    record("vault.locked", by="user:alice", chain=CHAIN)
    told = StringIO()
    call_command("processing_log", stdout=told)
    assert told.getvalue().count("\n") == 2
    assert "alice" not in told.getvalue()
    assert "7K2M9QXD" not in told.getvalue()
    opened, received = ProcessingRecord.objects.all()
    assert opened.attributes["dpl.core.processing_activity_id"].endswith("/melding-behandelen")
    assert (len(opened.trace_id), len(opened.span_id)) == (32, 16)
    assert opened.start_time % 3_600_000 == 0
    week = timezone.datetime.fromtimestamp(
        received.start_time / 1000, timezone.get_current_timezone()
    )
    assert (week.weekday(), week.hour) == (0, 0)


def test_the_trail_and_its_seals_do_not_need_each_other():
    happen(2)
    with pytest.raises(sealing.NotSealed):
        sealing.seal_tail(CHAIN)
    assert AuditEvent.objects.count() == 2
