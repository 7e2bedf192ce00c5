"""What every test has: a database made once, an empty cache, and parts that are really there."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

ROOT = Path(__file__).parents[1]
CHROMIUM = "/usr/bin/chromium"
NO_SKIPS = os.environ.get("PORTAL_NO_SKIPS") == "1"


def pytest_collection_modifyitems(items):
    """Skip what this machine lacks, with a line that says how to get it."""
    for item in items:
        if "tests/journeys" in str(item.fspath):
            item.add_marker(pytest.mark.journey)
    missing = {
        "journey": (
            not Path(CHROMIUM).exists() or not (ROOT / "node_modules/axe-core/axe.min.js").exists(),
            "needs Chromium and npm packages: apt-get install chromium, then make",
        ),
        "postgres": (
            "postgresql" not in settings.DATABASES["default"]["ENGINE"],
            "needs PostgreSQL: apt-get install postgresql, then set DATABASE_URL",
        ),
    }
    for item in items:
        for name, (is_missing, reason) in missing.items():
            allowed = name == "journey" or "postgresql" in str(settings.DATABASES)
            if is_missing and item.get_closest_marker(name):
                if NO_SKIPS and allowed:
                    raise pytest.UsageError(f"{item.nodeid} {reason}")
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


# Migrating takes half a minute. It is done once for each state of the migrations; every run and
# every worker starts from a copy of the outcome (stack.md 9).


def template_key():
    """A name for the state of every migration and of Django and Wagtail themselves."""
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """Every database of the settings, migrated."""
    is_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    with django_db_blocker.unblock():
        undo = copied_sqlite() if is_sqlite else migrated_server()
    yield
    with django_db_blocker.unblock():
        undo()


def migrated_server():
    """Test databases on the server, made the usual way, one set for each worker."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    for alias, config in settings.DATABASES.items():
        name = f"test_{config['NAME']}_{alias}{worker}"
        config["TEST"]["NAME"] = name
        connections[alias].settings_dict["TEST"]["NAME"] = name
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    return lambda: teardown_databases(made, verbosity=0)


def copied_sqlite():
    """Files of this worker, copied from the template."""
    folder = ROOT / "var" / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / template_key()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            make_template(template)
    mine = Path(tempfile.mkdtemp(dir=folder))
    for alias in connections:
        target = mine / f"{alias}.sqlite3"
        shutil.copyfile(template / f"{alias}.sqlite3", target)
        point(alias, target)
    return lambda: shutil.rmtree(mine, ignore_errors=True)


def make_template(folder):
    """Migrate every database into ``folder``."""
    work = Path(tempfile.mkdtemp(dir=folder.parent))
    for alias in connections:
        point(alias, work / f"{alias}.sqlite3")
        call_command("migrate", database=alias, verbosity=0, interactive=False)
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")
        connections[alias].close()
    work.rename(folder)


def point(alias, path):
    """Let a connection use another file."""
    connections[alias].close()
    connections[alias].settings_dict["NAME"] = str(path)
    settings.DATABASES[alias]["NAME"] = str(path)


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run, without anything that calls home."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def axe():
    """What axe finds on a page, as text; empty is good."""
    script = (ROOT / "node_modules/axe-core/axe.min.js").read_text()

    def look(page):
        page.evaluate(script)
        result = page.evaluate(
            "async () => await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', "
            "'wcag22aa', 'best-practice']})"
        )
        return [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    return look
