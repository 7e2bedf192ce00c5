import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.audit.models import AuditEvent
from portal.audit.services import record
from tests.portal.audit.test_sealing import tampered

pytestmark = pytest.mark.django_db


@pytest.fixture
def heads(tmp_path):
    """The heads of a trail of three events, kept outside."""
    for _ in range(3):
        record("vault.locked", by="user:a")
    told = StringIO()
    call_command("audit_heads", stdout=told)
    path = tmp_path / "heads.jsonl"
    path.write_text(told.getvalue())
    return path


def test_heads_still_stand_after_new_events(heads):
    record("vault.locked", by="user:a")
    call_command("audit_heads", check=heads, stdout=StringIO())


def test_a_tail_that_was_cut_off_shows(heads):
    tampered("DELETE FROM audit_auditevent WHERE seq = 3")
    call_command("audit_verify", stdout=StringIO())  # the chain alone can't tell
    with pytest.raises(CommandError):
        call_command("audit_heads", check=heads, stdout=StringIO())


def test_another_event_in_its_place_shows(heads):
    last = AuditEvent.objects.order_by("-seq").first()
    tampered("UPDATE audit_auditevent SET digest = %s WHERE seq = %s", b"\x01" * 32, last.seq)
    with pytest.raises(CommandError):
        call_command("audit_heads", check=heads, stdout=StringIO())


def test_a_head_that_somebody_wrote_is_refused(heads):
    head = json.loads(heads.read_text())
    heads.write_text(json.dumps(head | {"seq": 2}))
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("audit_heads", check=heads, stdout=told)
    assert "not signed" in told.getvalue()
