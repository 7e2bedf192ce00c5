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
from contextlib import closing, contextmanager
from http.client import HTTPException
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from bench import uploads
from bench.reporters import Reporter
from bench.server import Server
from tests.factories.meldpunt import ROOT as ROOT_KEY
from tests.templates import FOLDER, ROOT, drop, is_sqlite, server, template_key

# The design asks 1,000; the run of every day does fewer, for the same sixteen at a time.
SUBMISSIONS = int(os.environ.get("PORTAL_KILLED_SUBMISSIONS", "32"))
AT_ONCE = 16
# Nothing listens there, no worker takes a job, and no scanner answers.
AWAY = {
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "PORTAL_JOBS": "queue",
    "MELDPUNT_CLAMAV_SOCKET": "/nowhere/clamd.sock",
}
PHOTO = b"\xff\xd8\xff\xe0" + bytes(2000)

OPEN_DESK = """
import django; django.setup()
from django.core.management import call_command
from tests.factories.meldpunt import open_desk
from tests.factories.regions import MunicipalityFactory
call_command("createcachetable", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
open_desk(MunicipalityFactory(name="Demodam", slug="demodam"))
"""
TAKE_FILES = "import django; django.setup()\n" + uploads.SWITCH_ON


@contextmanager
def own_databases(folder):
    """Migrated databases of this test alone; the environment that leads a process to them."""
    if is_sqlite():
        for alias, file in (("default", "portal"), ("keystore", "keystore")):
            template = FOLDER / template_key() / f"{alias}.sqlite3"
            shutil.copyfile(template, folder / f"{file}.sqlite3")
        yield {}
        return
    names = {alias: f"killed_{alias}_{os.getpid()}" for alias in connections}
    try:
        for alias, name in names.items():
            with server(alias) as cursor:
                template = f"test_{alias}_{template_key()}"
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield {"DATABASE_URL": url_of(names, "default"), "KEYSTORE_URL": url_of(names, "keystore")}
    finally:
        drop(names)


def url_of(names, alias):
    known = connections[alias].settings_dict
    who = f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
    return f"postgresql://{who}@{known['HOST']}:{known['PORT']}/{names[alias]}"


@contextmanager
def serve(**environment):
    """The desk of Demodam, behind two real workers."""
    secrets = {
        "MELDPUNT_WEB_PEPPER": "11" * 32,
        "MELDPUNT_STAFF_PEPPER": "22" * 32,
        "MELDPUNT_RECEIPT_KEY": "33" * 32,
        "MELDPUNT_ROOT_KEY": ROOT_KEY.public().material.hex(),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as name, own_databases(Path(name)) as urls:
        portal = Server(Path(name), **secrets, **urls, **environment)
        run(portal, OPEN_DESK)
        with portal:
            portal.folder, portal.database = Path(name), urls.get("DATABASE_URL", "")
            yield portal


def run(portal, script):
    """Do something to its databases, as one of its commands would."""
    command, where = [sys.executable, "-c", script], portal.environment
    made = subprocess.run(command, cwd=ROOT, env=where, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr[-2000:]


@pytest.fixture(scope="module", params=[{}, AWAY], ids=["as_usual", "mail_queue_and_scanner_away"])
def served(request, django_db_setup, django_db_blocker):
    """The portal, with everything there or with what it can do without away."""
    with django_db_blocker.unblock(), serve(**request.param) as portal:
        yield portal


def send(reporter):
    """Send the form; nobody answers when the worker dies just then."""
    try:
        return reporter.send()
    except (OSError, HTTPException):
        return False


def comes_back(reporter):
    """Type the code; whether it opens the report."""
    returning = Reporter(reporter.server)
    returning.visit("/meldpunt/code/")
    return returning.visit("/meldpunt/code/", {"code": reporter.code}) == 302


def kill_now_and_then(server, stop, killed):
    while not stop.is_set():
        time.sleep(0.3)
        for worker in server.pids()[1:2]:
            os.kill(worker, signal.SIGKILL)
            killed.append(worker)


def rows(served, query):
    if not served.database:
        with closing(sqlite3.connect(served.folder / "portal.sqlite3")) as database:
            return database.execute(query).fetchall()
    with psycopg.connect(served.database) as database:
        database.execute(EVERYWHERE)
        return database.execute(query).fetchall()


# Row-level security would show nothing to whoever looks from nowhere.
EVERYWHERE = """SELECT set_config('app.municipalities',
    (SELECT string_agg(id::text, ',') FROM regions_municipality), false)"""
COUNT = "SELECT COUNT(*) FROM meldpunt_reports_report"
CHUNKS = "SELECT COUNT(*) FROM meldpunt_reports_filechunk"
HALF = """SELECT r.id FROM meldpunt_reports_report r WHERE r.phase != 'destroyed' AND (
    (SELECT COUNT(*) FROM meldpunt_reports_secretwrap w WHERE w.report_id = r.id) < 2
    OR (SELECT COUNT(*) FROM meldpunt_reports_sealedpart p WHERE p.report_id = r.id) < 2)"""
RECEIVED = "SELECT COUNT(*) FROM audit_auditevent WHERE action = 'report.received'"


def test_a_killed_worker_leaves_no_half_report(served):
    before, heard_of = rows(served, COUNT)[0][0], rows(served, RECEIVED)[0][0]
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
        stored = rows(served, COUNT)[0][0] - before
        assert sum(confirmed) <= stored <= SUBMISSIONS
        # Whoever saw no code sends the same form again, and it is stored once.
        unsure = [one for one, sure in zip(reporters, confirmed, strict=True) if not sure]
        assert all(pool.map(send, unsure))
        assert all(pool.map(comes_back, reporters))
    assert rows(served, COUNT)[0][0] - before == SUBMISSIONS
    assert rows(served, RECEIVED)[0][0] - heard_of == SUBMISSIONS
    assert rows(served, HALF) == []
    assert len({one.code for one in reporters}) == SUBMISSIONS


@pytest.mark.parametrize("served", [AWAY], ids=["scanner_away"], indirect=True)
def test_without_a_scanner_a_file_is_refused_and_its_report_comes_in_without_it(served):
    run(served, TAKE_FILES)
    before = rows(served, COUNT)[0][0]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        reporters = list(pool.map(lambda _: Reporter(served).fill_in(), range(AT_ONCE)))
        assert not any(pool.map(lambda one: uploads.send(one, PHOTO), reporters))
        assert rows(served, COUNT)[0][0] == before
        assert rows(served, CHUNKS) == [(0,)]
        assert all(pool.map(send, reporters))
    assert rows(served, COUNT)[0][0] - before == AT_ONCE
    assert rows(served, HALF) == []
