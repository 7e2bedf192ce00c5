"""What every process carries: libraries that few visitors need are loaded when they are."""

import subprocess
import sys

import pytest

HEAVY = {
    "docx",
    "elastic_transport",
    "fontTools",
    "fpdf",
    "http_ece",
    "holidays",
    "icalendar",
    "networkx",
    "py_vapid",
    "pypdf",
}
HEAVY |= {"pypdfium2", "vobject", "shamir_mnemonic", "zxcvbn"}


STARTED = """
import gc, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
import portal.wsgi
print(*{name.partition(".")[0] for name in sys.modules})
before = gc.get_stats()[2]["collections"]
kept = []
for number in range(150_000):  # what requests leave behind: rings, and a few things that stay
    ring = []
    ring.append(ring)
    kept += [ring] if number % 20 == 0 else []
print(gc.get_stats()[2]["collections"] - before)
"""


@pytest.fixture(scope="module")
def started():
    """What a process that just started says: its libraries, and how often it looked for rubbish."""
    done = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_process_that_just_started_has_loaded_nothing_heavy(started):
    assert set(started[0].split()) & HEAVY == set()


def test_a_worker_does_not_wait_for_its_own_size_again_before_it_looks_for_rubbish(started):
    """Else each holds megabytes of what requests left behind."""
    assert int(started[1]) > 0
