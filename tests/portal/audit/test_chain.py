import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError

from portal.audit.models import AuditEvent
from portal.audit.services import UnknownAction, broken_links, record

pytestmark = pytest.mark.django_db


def three_events():
    return [record("role.granted", by="system", subject=f"user:{n}") for n in range(3)]


def without_triggers(sql, values):
    """What somebody with all rights on the database would do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER audit_event_refuse")
        else:
            cursor.execute("DROP TRIGGER audit_event_UPDATE")
            cursor.execute("DROP TRIGGER audit_event_DELETE")
        cursor.execute(sql, values)


def test_events_are_numbered_and_every_link_fits():
    events = three_events()

    assert [event.seq for event in events] == [1, 2, 3]
    assert list(broken_links("portaal")) == []


def test_every_chain_counts_for_itself():
    three_events()

    assert record("zone.switched_on", by="system", chain="demodam").seq == 1


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_nobody_changes_or_removes_an_event(deed):
    three_events()
    events = AuditEvent.objects.filter(seq=2)

    with pytest.raises(DatabaseError), transaction.atomic():
        events.update(actor="user:x") if deed == "update" else events.delete()

    assert AuditEvent.objects.get(seq=2).actor == "system"


def test_an_event_changed_behind_our_back_is_named():
    three_events()
    without_triggers("UPDATE audit_auditevent SET actor = %s WHERE seq = 2", ["user:x"])

    assert list(broken_links("portaal")) == [2]
    with pytest.raises(CommandError):
        call_command("audit_verify")


def test_an_event_taken_out_is_noticed():
    three_events()
    without_triggers("DELETE FROM audit_auditevent WHERE seq = %s", [2])

    assert list(broken_links("portaal")) == [3]


def test_an_action_that_is_not_on_the_list_is_refused():
    with pytest.raises(UnknownAction):
        record("report.read_aloud", by="system")

    assert not AuditEvent.objects.exists()


def test_what_a_reporter_does_is_written_down_to_the_week_only():
    event = record("report.received", by="reporter", precision="week")

    assert len(event.moment) == len("2026-W48")
    assert "-W" in event.moment
