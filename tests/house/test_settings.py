"""Settings fail at the door, with a sentence that says what is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = {
    "SECRET_KEY": "tests only: not a secret",
    "ALLOWED_HOSTS": "portaal.lindekade.example",
    "PORTAL_SURFACES": "publiek,beheer",
    "DATABASE_URL": "postgresql://portal@127.0.0.1/portal",
    "KEYSTORE_URL": "postgresql://portal@127.0.0.1/keystore",
}
REPORTERS = {**WEB, "PORTAL_SURFACES": "melden", "MELDPUNT_ROOT_KEY": "ab" * 32}
STAFF = {**REPORTERS, "PORTAL_SURFACES": "werkplek"}


def start(settings, tmp_path, **environment):
    """Read the settings in a process of its own; returns what it complained about."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    process = subprocess.run(
        [sys.executable, "-c", f"import portal.settings.{settings}"],
        cwd=ROOT,
        env={**keep, "PORTAL_VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return process.stderr.strip().splitlines()[-1] if process.returncode else ""


@pytest.mark.parametrize("environment", [WEB, REPORTERS, STAFF])
def test_production_starts_with_one_process_for_each_surface(environment, tmp_path):
    assert start("production", tmp_path, **environment) == ""


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({**REPORTERS, "DATABASE_URL": "sqlite:///portal.sqlite3"}, "PostgreSQL"),
        ({**REPORTERS, "PORTAL_SURFACES": "publiek,melden"}, "`melden` is a process of its own"),
        ({**STAFF, "PORTAL_SURFACES": "werkplek,beheer"}, "`werkplek` is a process of its own"),
        ({**REPORTERS, "MELDPUNT_ROOT_KEY": ""}, "MELDPUNT_ROOT_KEY"),
        ({**STAFF, "MELDPUNT_ROOT_KEY": ""}, "MELDPUNT_ROOT_KEY"),
        ({**WEB, "ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({**WEB, "PORTAL_SURFACES": "publiek,beheren"}, "beheren"),
        ({**WEB, "PORTAL_JOBS": "later"}, "PORTAL_JOBS"),
    ],
)
def test_production_refuses_what_is_unsafe(environment, complaint, tmp_path):
    assert complaint in start("production", tmp_path, **environment)


def test_production_has_no_secret_key_of_its_own(tmp_path):
    environment = {name: value for name, value in WEB.items() if name != "SECRET_KEY"}

    assert "SECRET_KEY" in start("production", tmp_path, **environment)


def test_the_demo_refuses_to_run_on_a_production_machine(tmp_path):
    assert start("demo", tmp_path) == ""
    assert "Demo mode" in start("demo", tmp_path, PORTAL_PRODUCTION="true")


def test_a_secret_can_come_from_a_file(tmp_path):
    secret = tmp_path / "secret-key"
    secret.write_text("tests only: from a file")
    environment = {name: value for name, value in WEB.items() if name != "SECRET_KEY"}

    assert start("production", tmp_path, **environment, SECRET_KEY_FILE=str(secret)) == ""
