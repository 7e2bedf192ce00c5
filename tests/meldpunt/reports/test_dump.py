"""What somebody finds who carries off a dump: pg_dump of both databases, in every disguise."""

import base64
import gzip
import logging
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client

from meldpunt.reports.models import FileChunk, Report, SealedPart
from meldpunt.reports.services import conversation, handling
from tests.factories import files
from tests.factories.meldpunt import PASSPHRASE, handled, report
from tests.meldpunt.reports.test_canary import disguises
from tests.meldpunt.reports.test_files import addresses, at_the_end, desk_of, send

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(databases=["default", "keystore"], transaction=True),
]
WORD = "kanariezonderweerga"


def pg_dump(alias, *options):
    """The dump of one database, as bytes. Needs the program of the server's own version.

    The owner of the tables sees no rows of reports; backups are made by a role that does
    (``PORTAL_BACKUP_USER``), and where there is none the owner is a superuser.
    """
    found = shutil.which("pg_dump") or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))[::-1]), ""
    )
    assert found, "pg_dump comes with PostgreSQL"
    known = connections[alias].settings_dict
    command = [found, "--host", known["HOST"], "--port", str(known["PORT"]), *options]
    user = os.environ.get("PORTAL_BACKUP_USER", known["USER"])
    environment = os.environ | {"PGPASSWORD": known["PASSWORD"] or ""}
    return subprocess.run(
        [*command, "--username", user, known["NAME"]],
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


@pytest.mark.clamav
def test_abuse_15_nothing_that_was_written_holds_a_word_of_a_file(
    takes_files, tmp_path, settings, caplog, monkeypatch
):
    """Files of a reporter, from sending to looking at them; then everything that lies anywhere."""
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    sent = [
        files.sent(f"In dit bestand: {WORD}.".encode(), f"{WORD}.txt", "text/plain"),
        files.sent(files.photo_with_place(WORD), f"{WORD}.jpg"),
        files.sent(files.pdf(), f"{WORD}.pdf", "application/pdf"),
    ]
    caplog.clear()  # what the test itself logged while it drew the photo
    caplog.set_level(logging.DEBUG)
    reporter = at_the_end()
    assert send(reporter, *sent, origineel="on").status_code == 200
    client = Client()
    client.post("/meldpunt/code/", {"code": reporter.code})
    said = {
        "text": WORD,
        "message_id": uuid4(),
        "bestanden": files.sent(WORD.encode() * 100, f"{WORD}.txt", "text/plain"),
    }
    assert client.post("/meldpunt/code/bericht/", said).status_code == 302
    refused = files.sent(files.EICAR, f"{WORD}.txt", "text/plain")
    client.post("/meldpunt/code/bericht/", {**said, "message_id": uuid4(), "bestanden": refused})
    made = Report.objects.get()
    desk = desk_of(takes_files, made)
    found = addresses(desk, made)
    assert len(found) == 4
    assert {desk.get(one).status_code for one in found} == {200}
    pictures = [desk.get(f"{one}1/").status_code for one in found]  # of the photo and the PDF
    assert sorted(pictures) == [200, 200, 404, 404]
    for one in found:
        desk.post(f"{one}origineel/", {"passphrase": PASSPHRASE})
    assert FileChunk.objects.count() > 4

    written = {f"dump of {alias}": pg_dump(alias) for alias in ("default", "keystore")}
    assert b"meldpunt_reports_filechunk" in written["dump of default"]
    for table in (b"search_", b"django_tasks", b"wagtailcore_referenceindex", b"django_session"):
        assert table in written["dump of default"], table
    written |= {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    written |= {f"mail {n}": one.message().as_bytes() for n, one in enumerate(mail.outbox)}
    written["cache"] = str(getattr(cache, "_cache", {})).encode()
    written["log"] = "\n".join(f"{r.getMessage()} {r.args}" for r in caplog.records).encode()
    for place, blob in written.items():
        looked = b"\n".join(inside(blob))
        for disguise in [*disguises(WORD), base64.b32encode(WORD.encode())[:-6]]:
            assert disguise not in looked, place
