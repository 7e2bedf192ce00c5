"""What somebody finds who carries off a dump: pg_dump of both databases, in every disguise."""

import base64
import gzip
import os
import shutil
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connections

from meldpunt.reports.models import Report, SealedPart
from meldpunt.reports.services import conversation, handling
from tests.factories.meldpunt import handled, report
from tests.meldpunt.reports.test_canary import disguises

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(databases=["default", "keystore"], transaction=True),
]
WORD = "kanariezonderweerga"


def pg_dump(alias, *options):
    """The dump of one database, as bytes. Needs the program of the server's own version."""
    found = shutil.which("pg_dump") or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))[::-1]), ""
    )
    assert found, "pg_dump comes with PostgreSQL"
    known = connections[alias].settings_dict
    command = [found, "--host", known["HOST"], "--port", str(known["PORT"]), *options]
    environment = os.environ | {"PGPASSWORD": known["PASSWORD"] or ""}
    return subprocess.run(
        [*command, "--username", known["USER"], known["NAME"]],
        env=environment,
        check=True,
        capture_output=True,
    ).stdout


def inside(dump):
    """The dump itself, and every run of hexadecimal in it as the bytes that it stands for."""
    yield dump
    for line in dump.splitlines():
        for cell in line.split(b"\t"):
            if cell.startswith(b"\\\\x"):
                blob = bytes.fromhex(cell[3:].decode())
                yield blob
                try:
                    yield gzip.decompress(blob)
                except (OSError, EOFError):
                    continue


def test_abuse_15_a_dump_of_both_databases_holds_no_word(demodam):
    made, code = report(
        demodam, answers={"observed_facts": WORD, "interpretation": WORD}, identity={"name": WORD}
    )
    visit = conversation.find_visit(conversation.open_conversation(code).text)
    conversation.write_message(visit, text=WORD, message_id=uuid4())
    work, keys = handled(made, demodam.holders[0])
    handling.add_note(work, text=WORD, message_id=uuid4(), keys=keys, by=demodam.holders[0])
    assert Report.objects.count() == 1
    assert SealedPart.objects.count() >= 6
    for alias in ("default", "keystore"):
        dump = pg_dump(alias)
        assert b"meldpunt_" in dump
        looked = b"\n".join(inside(dump))
        packed = gzip.compress(WORD.encode())[10:20]
        for disguise in [*disguises(WORD), base64.b32encode(WORD.encode())[:-6], packed]:
            assert disguise not in looked, disguise
        for secret in (code.formatted, code.symbols if hasattr(code, "symbols") else ""):
            assert not secret or secret.encode() not in looked
