"""What the script adds, in a real browser; each page works without it."""

import pytest

from tests.house.rooms import ROOT

SCRIPT = (ROOT / "portal/design/static/portal/portal.js").read_text()
HOST = "http://127.0.0.1:9"
pytestmark = pytest.mark.journey


@pytest.fixture
def open_page(chromium):
    """Opens a page with this body and our script; every other address says where one is."""
    context = chromium.new_context(base_url=HOST, locale="nl-NL")
    context.set_default_timeout(5_000)
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def answer(route):
        path = route.request.url.removeprefix(HOST)
        if path.startswith("/zoeken/suggesties/"):
            route.fulfill(json={"suggestions": ["zorgen om mijn zoon", "zorgplicht"]})
        elif path == "/portal.js":
            route.fulfill(body=SCRIPT, content_type="text/javascript")
        elif path.startswith("/start"):
            route.fulfill(body=page.start_html, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(body=f"<title>{path}</title>", content_type="text/html")

    context.route("**/*", answer)

    def open_with(body, *, width=1280, html_attributes='lang="nl"'):
        page.start_html = (
            f"<!doctype html><html {html_attributes}><title>Start</title>"
            f'<body>{body}<script src="/portal.js"></script></body></html>'
        )
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/start")
        return page

    yield open_with
    context.close()
    assert complaints == []


EXIT = '<p>Mijn melding</p><a href="/meldpunt/snel-weg/" data-quick-exit>Snel weg</a>'


def test_leaving_quickly_leaves_nothing_behind_the_back_button(open_page):
    page = open_page(EXIT)
    before = page.evaluate("history.length")
    page.get_by_text("Snel weg").click()
    page.wait_for_url("**/meldpunt/snel-weg/")

    assert page.evaluate("history.length") == before


def test_three_times_shift_leaves_too(open_page):
    page = open_page(EXIT)
    for _ in range(3):
        page.keyboard.press("Shift")

    page.wait_for_url("**/meldpunt/snel-weg/")


def test_shift_while_typing_capitals_does_not_leave(open_page):
    page = open_page('<textarea id="t"></textarea>' + EXIT)
    page.locator("#t").press_sequentially("A b")
    for key in ["Shift", "a", "Shift", "b", "Shift", "c"]:
        page.keyboard.press(key)

    assert page.url.endswith("/start")


def test_the_page_is_blank_before_the_next_one_arrives(open_page):
    page = open_page(EXIT)
    page.evaluate(
        "new MutationObserver(() => { sessionStorage.left = document.body.textContent + '|'; })"
        ".observe(document.body, {childList: true})"
    )
    page.get_by_text("Snel weg").click()
    page.wait_for_url("**/meldpunt/snel-weg/")

    assert page.evaluate("sessionStorage.left") == "|"


def test_the_error_summary_takes_the_focus(open_page):
    page = open_page('<div data-error-summary tabindex="-1" id="fouten">Kijk nog even</div>')

    assert page.evaluate("document.activeElement.id") == "fouten"


def test_light_or_dark_is_remembered_for_the_server(open_page):
    page = open_page("<button data-colour-button hidden>Licht of donker</button>")
    page.get_by_role("button").click()

    assert page.evaluate("document.documentElement.dataset.colourMode") == "donker"
    assert "kleurstand=donker" in page.evaluate("document.cookie")


def test_what_is_left_to_write_is_counted(open_page):
    page = open_page('<textarea id="t" maxlength="10" data-count></textarea>')
    page.locator("#t").press_sequentially("zorgen")

    assert page.locator(".portal-char-count").inner_text() == "Nog 4 tekens"
    page.wait_for_function("document.querySelector('[role=status]').textContent === 'Nog 4 tekens'")


def test_counting_is_in_the_language_of_the_page(open_page):
    page = open_page('<textarea maxlength="10" data-count></textarea>', html_attributes='lang="en"')

    assert page.locator(".portal-char-count").inner_text() == "10 characters left"


FILTERS = (
    '<form action="/lijst" data-self-submitting>'
    '<label><input type="checkbox" name="soort" value="a">Draaiboek</label></form>'
)


def test_filters_answer_at_once_on_a_wide_screen(open_page):
    page = open_page(FILTERS)
    page.get_by_label("Draaiboek").click()

    page.wait_for_url("**/lijst?soort=a")


def test_filters_wait_for_the_button_on_a_phone(open_page):
    page = open_page(FILTERS, width=390)
    page.get_by_label("Draaiboek").check()
    page.wait_for_timeout(200)

    assert page.url.endswith("/start")


def test_searching_suggests_while_somebody_types(open_page):
    page = open_page('<input id="q" data-suggestions="/zoeken/suggesties/">')
    page.locator("#q").press_sequentially("zorg")
    page.wait_for_function("document.querySelectorAll('datalist option').length === 2")

    assert page.locator("datalist option").first.get_attribute("value") == "zorgen om mijn zoon"


def test_printing_is_offered_when_it_can_work(open_page):
    page = open_page("<button data-print hidden>Afdrukken</button>")

    assert page.get_by_text("Afdrukken").is_visible()


def test_no_worker_is_registered_where_the_page_does_not_say_so(open_page):
    page = open_page("<p>Werkplek</p>")

    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
