"""What a journey has: the demo as it is served, people who sign in, and a browser that watches."""

import functools
import os
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator

from home.demo.people import DOMAIN, PASSWORD
from tests.journeys.demo_site import served_demo


@pytest.fixture(scope="session")
def demo():
    """The demo region, served by a real process; what a journey leaves behind stays there."""
    # The browser's loop runs in this thread, which Django takes for an async context.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with served_demo() as site:
        yield site
        assert "Traceback" not in site.log, site.log[-3000:]


@pytest.fixture(scope="session", autouse=True)
def whole_pages():
    """A click or a key ends when the page that it leads to stands there whole.

    The library's own ends as soon as that page begins; who counts then counts half a page.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in ("click", "press"):
            patch.setattr(Locator, name, and_arrive(getattr(Locator, name)))
        yield


def and_arrive(deed):
    """The deed, followed by the wait for what it opens."""

    @functools.wraps(deed)
    def done(locator, *args, **options):
        deed(locator, *args, **options)
        locator.page.wait_for_load_state()

    return done


@pytest.fixture
def visitor(chromium, demo):
    """Opens pages for somebody, and fails when the browser complains or looks elsewhere.

    ``visitor(width=320, javascript=False, dark=True, who="redacteur")``; ``who`` is signed in.
    """
    contexts, complaints = [], []

    def open_page(*, width=1280, javascript=True, dark=False, who=None):
        context = chromium.new_context(
            base_url=demo.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            storage_state=cookies_of(who) if who else None,
            locale="nl-NL",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, demo.url, complaints)
        return page

    def cookies_of(account):
        if account not in demo.__dict__.setdefault("signed_in", {}):
            context = chromium.new_context(base_url=demo.url, locale="nl-NL")
            sign_in(context.new_page(), demo, account)
            demo.signed_in[account] = context.storage_state()
            context.close()
        return demo.signed_in[account]

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def watch(page, own_address, complaints):
    """Write down errors of the page and questions to another host."""

    def heard(message):
        # The status of an answer is for the journey itself to judge.
        is_status = "Failed to load resource" in message.text
        if message.type == "error" and not (is_status and message.location["url"] == page.url):
            complaints.append(f"{page.url}: {message.text} {message.location['url']}")

    def asked(request):
        leaves = urlsplit(request.url).scheme in ("http", "https", "ws", "wss")
        if leaves and not request.url.startswith(own_address + "/"):
            complaints.append(f"{page.url} asks {request.url}")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.context.on("request", asked)


def sign_in(page, demo, account):
    """Password, and the code of the authenticator app for who has one; ends in the werkplek."""
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(f"{account}@{DOMAIN}")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.locator("main form").get_by_role("button").first.click()
    if account in demo.secrets:
        page.locator("main [name=code]").fill(demo.code_of(account))
        page.locator("main form").get_by_role("button").first.click()
    page.wait_for_url("**/werkplek/")
