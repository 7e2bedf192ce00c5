"""The demo as a real process: made once for a state of the code, copied, and served."""

import fcntl
import hashlib
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from home.demo.people import DOMAIN

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "var" / "tests"
ROOMS = ("portal", "home", "knowledge", "network", "meldpunt", "search")
# Templates and style are read anew by every process; the rest decides what the demo holds.
MAKES_THE_DEMO = ("*.py", "*.md", "*.toml", "*.svg", "*.txt")
KEPT = 2
# Where the quick exit leads; a test asks no other host.
ELSEWHERE = "/gezondheid/levend"


class DemoSite:
    """A served copy of the demo: its address, and the codes of its people."""

    def __init__(self, folder, port):
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}"
        self.secrets = read_secrets(folder)
        self.passphrases = read_passphrases(folder)
        self._used = {}

    def code_of(self, account):
        """A one-time code that was not used before; waits for a new one when it must."""
        while (counter := int(time.time()) // 30) == self._used.get(account):
            time.sleep(0.5)
        self._used[account] = counter
        return format_hotp_value(hotp_value(self.secrets[account], counter))

    def page_number(self, path):
        """The number of the page at this path of the tree."""
        with closing(sqlite3.connect(self.folder / "portal.sqlite3")) as database:
            query = "SELECT id FROM wagtailcore_page WHERE url_path = ?"
            return database.execute(query, [path]).fetchone()[0]

    def code_of_guest(self, email):
        """What the letter to a guest holds."""
        with closing(sqlite3.connect(self.folder / "portal.sqlite3")) as database:
            query = "SELECT code FROM network_events_guest WHERE email = ?"
            return database.execute(query, [email]).fetchone()[0]

    @contextmanager
    def ahead(self, *, hours):
        """Let the clock of the portal be so many hours ahead (tests/journeys/clock.py)."""
        file = self.folder / "hours-ahead"
        file.write_text(str(hours))
        try:
            yield
        finally:
            file.unlink()

    @property
    def log(self):
        """Everything that the server wrote."""
        return (self.folder / "server.log").read_text()


@contextmanager
def served_demo():
    """The demo of this state of the code, as a copy of its own."""
    original = made_demo()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        mine = shutil.copytree(original, Path(folder) / "demo")
        with socket.create_server(("127.0.0.1", 0)) as listener, server(mine, listener) as process:
            site = DemoSite(mine, listener.getsockname()[1])
            wait_until_ready(site, process)
            yield site


def made_demo():
    """The folder of the demo, made by whichever worker comes first."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = FOLDER / f"demo-{state_of(MAKES_THE_DEMO)}"
    with (FOLDER / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            work = Path(tempfile.mkdtemp(dir=FOLDER))
            manage(work, "demo", "--no-serve")
            (work / "accounts.txt").write_text(manage(work, "demo_accounts"))
            work.rename(folder)
            forget_older_ones()
        collect_static_files(folder)
    return folder


def state_of(patterns):
    """A name for what all files of the rooms with these names hold now."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for pattern in patterns:
            for path in sorted((ROOT / room).rglob(pattern)):
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def forget_older_ones():
    """Keep the newest demos, so that a branch can be left and taken up again."""
    demos = sorted(FOLDER.glob("demo-*"), key=lambda folder: folder.stat().st_mtime)
    for folder in demos[:-KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def collect_static_files(folder):
    """The built look, compressed as production serves it."""
    stamp = FOLDER / "static-state"
    state = state_of(("static/**/*.*",))
    if not stamp.exists() or stamp.read_text() != state or not (ROOT / "static").exists():
        manage(folder, "collectstatic", "--no-input", "--verbosity", "0")
        stamp.write_text(state)


def environment(folder):
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "PORTAL_VAR_DIR": str(folder),
        "MELDPUNT_QUICK_EXIT_URL": ELSEWHERE,
        "MELDPUNT_CLAMAV_SOCKET": str(folder / "clamd"),
    }


def manage(folder, *arguments):
    """Run a management command on the demo in ``folder``; give what it prints."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@contextmanager
def server(folder, listener):
    """One worker with a few threads: a browser holds connections open that it does not use."""
    bind = ["--bind", f"fd://{listener.fileno()}"]
    clock = ["--config", "tests/journeys/clock.py"]
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", *bind, *clock, "--threads", "6"]
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(folder),
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_until_ready(site, process):
    """Until the probe says that everything works."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, site.log
        try:
            with urllib.request.urlopen(f"{site.url}/gezondheid/levend", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(site.log)


def read_passphrases(folder):
    """Account to the passphrase that opens the vault for it."""
    notes = json.loads((folder / "meldpunt-secrets.json").read_text())
    return {email.split("@")[0]: phrase for email, phrase in notes["passphrases"].items()}


def read_secrets(folder):
    """Account to the secret of its second factor."""
    lines = (folder / "accounts.txt").read_text()
    return dict(re.findall(rf"(\S+)@{DOMAIN}.* ([A-Z2-7]{{16,}})$", lines, re.M))
