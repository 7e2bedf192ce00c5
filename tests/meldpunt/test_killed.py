"""A worker is killed with -9 while sixteen reporters send; nothing is lost and nothing is half."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPException
from pathlib import Path

import pytest

from bench.reporters import Reporter
from bench.server import Server
from tests.factories.meldpunt import ROOT as ROOT_KEY
from tests.templates import FOLDER, ROOT, template_key

# The design asks 1,000; the run of every day does fewer, for the same sixteen at a time.
SUBMISSIONS = int(os.environ.get("PORTAL_KILLED_SUBMISSIONS", "32"))
AT_ONCE = 16


pytestmark = pytest.mark.sqlite
OPEN_DESK = """
import django; django.setup()
from django.core.management import call_command
from tests.factories.meldpunt import open_desk
from tests.factories.regions import MunicipalityFactory
call_command("createcachetable", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
open_desk(MunicipalityFactory(name="Demodam", slug="demodam"))
"""


@pytest.fixture
def served(django_db_setup):
    """A migrated database with the desk of Demodam, behind two real workers."""
    secrets = {
        "MELDPUNT_WEB_PEPPER": "11" * 32,
        "MELDPUNT_STAFF_PEPPER": "22" * 32,
        "MELDPUNT_RECEIPT_KEY": "33" * 32,
        "MELDPUNT_ROOT_KEY": ROOT_KEY.public().material.hex(),
    }
    with tempfile.TemporaryDirectory(dir=FOLDER) as name:
        folder = Path(name)
        for alias, file in (("default", "portal"), ("keystore", "keystore")):
            shutil.copyfile(
                FOLDER / template_key() / f"{alias}.sqlite3", folder / f"{file}.sqlite3"
            )
        server = Server(folder, **secrets)
        made = subprocess.run(
            [sys.executable, "-c", OPEN_DESK],
            cwd=ROOT,
            env=server.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr[-2000:]
        with server:
            server.folder = folder
            yield server


def send(reporter):
    """Send the form; nobody answers when the worker dies just then."""
    try:
        return reporter.send()
    except (OSError, HTTPException):
        return False


def kill_now_and_then(server, stop, killed):
    while not stop.is_set():
        time.sleep(0.3)
        for worker in server.pids()[1:2]:
            os.kill(worker, signal.SIGKILL)
            killed.append(worker)


def rows(folder, query):
    with closing(sqlite3.connect(folder / "portal.sqlite3")) as database:
        return database.execute(query).fetchall()


COUNT = "SELECT COUNT(*) FROM meldpunt_reports_report"
HALF = """SELECT r.id FROM meldpunt_reports_report r WHERE r.phase != 'destroyed' AND (
    (SELECT COUNT(*) FROM meldpunt_reports_secretwrap w WHERE w.report_id = r.id) < 2
    OR (SELECT COUNT(*) FROM meldpunt_reports_sealedpart p WHERE p.report_id = r.id) < 2)"""
RECEIVED = "SELECT COUNT(*) FROM audit_auditevent WHERE action = 'report.received'"


def test_a_killed_worker_leaves_no_half_report(served):
    before, heard_of = rows(served.folder, COUNT)[0][0], rows(served.folder, RECEIVED)[0][0]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        reporters = list(pool.map(lambda _: Reporter(served).fill_in(), range(SUBMISSIONS)))
        stop, killed = threading.Event(), []
        killer = threading.Thread(target=kill_now_and_then, args=(served, stop, killed))
        killer.start()
        confirmed = list(pool.map(send, reporters))
        stop.set()
        killer.join()
        assert killed
        time.sleep(2)  # the last worker that died is replaced
        stored = rows(served.folder, COUNT)[0][0] - before
        assert sum(confirmed) <= stored <= SUBMISSIONS
        # Whoever saw no code sends the same form again, and it is stored once.
        unsure = [one for one, sure in zip(reporters, confirmed, strict=True) if not sure]
        assert all(pool.map(send, unsure))
    assert rows(served.folder, COUNT)[0][0] - before == SUBMISSIONS
    assert rows(served.folder, RECEIVED)[0][0] - heard_of == SUBMISSIONS
    assert rows(served.folder, HALF) == []
    assert len({one.code for one in reporters}) == SUBMISSIONS
    for reporter in reporters:
        returning = Reporter(served)
        returning.visit("/meldpunt/code/")
        assert returning.visit("/meldpunt/code/", {"code": reporter.code}) == 302
