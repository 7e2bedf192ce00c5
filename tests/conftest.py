"""What every test has: a database made once, an empty cache, and parts that are really there."""

import os
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.utils import translation

from tests.factories.proxy import NGINX
from tests.factories.scanner import CLAMD
from tests.templates import ROOT, is_sqlite, make_databases

CHROMIUM = "/usr/bin/chromium"
AXE = ROOT / "node_modules/axe-core/axe.min.js"
NO_SKIPS = os.environ.get("PORTAL_NO_SKIPS") == "1"
# What only one of the two kinds of database has; the run on the other one tests it.
ONE_DATABASE_ONLY = {"sqlite", "postgres"}
# A server that a machine without Maven's registry can't get: .ci/run says so.
EXCUSED = ONE_DATABASE_ONLY | {"elasticsearch"}

# How long an example takes says more about how busy the machine is than about the code.
hypothesis.settings.register_profile(
    "portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("portal")


def missing() -> dict[str, str]:
    """What this machine lacks, by marker, with a line that says how to get it."""
    lines = {}
    if not Path(CHROMIUM).exists():
        lines["journey"] = "needs Chromium: apt-get install chromium"
    elif not AXE.exists():
        lines["journey"] = "needs the front-end packages: make assets"
    if not CLAMD:
        lines["clamav"] = "needs clamd: apt-get install clamav-daemon"
    if not NGINX:
        lines["nginx"] = "needs nginx: apt-get install nginx-light"
    if not os.environ.get("SEARCH_TEST_PORT"):
        lines["elasticsearch"] = (
            "needs a search node: .ci/elasticsearch FOLDER 9234, then SEARCH_TEST_PORT=9234"
        )
    if is_sqlite():
        lines["postgres"] = "needs PostgreSQL: apt-get install postgresql, then set DATABASE_URL"
    else:
        lines["sqlite"] = "needs SQLite: leave DATABASE_URL out"
    return lines


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
        for marker, line in missing().items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=line))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where everything was installed on purpose, a skipped test is a failed one."""
    report = yield
    excused = any(item.get_closest_marker(marker) for marker in EXCUSED)
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail") and not excused:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {call.excinfo.value}"
    return report


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def _dutch_again():
    """A page that a test asked for in English leaves its thread in English."""
    translation.activate(django_settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Every database of the settings, migrated."""
    with django_db_blocker.unblock():
        take_away = make_databases()
    yield
    with django_db_blocker.unblock():
        take_away()


@pytest.fixture
def vault_secrets(settings):
    """The secrets that a process of the meldpunt has; they open no real desk."""
    settings.MELDPUNT_WEB_PEPPER = settings.MELDPUNT_STAFF_PEPPER = "11" * 32
    settings.MELDPUNT_RECEIPT_KEY = settings.MELDPUNT_ROOT_KEY = "33" * 32


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
    """What axe finds on a page, as text; empty is good. ``rules`` asks only those."""
    script = AXE.read_text()
    wanted = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}

    def look(page, rules=None):
        page.wait_for_load_state()  # a click answers as soon as the next page begins
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(script)
        result = page.evaluate(
            "async (wanted) => await axe.run(document, {...wanted, resultTypes: ['violations']})",
            {"runOnly": rules} if rules else wanted,
        )
        return [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    return look
