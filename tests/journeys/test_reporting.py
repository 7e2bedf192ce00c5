"""An inhabitant shares a worry, and somebody answers."""

import pytest

from meldpunt.vault.services.codes import ReceiptCode
from tests.journeys.demo_site import ELSEWHERE
from tests.journeys.reporting import (
    ANSWERS,
    STORY,
    answer,
    begin,
    come_back,
    open_report,
    report,
    unlock,
)


def ref_on(page):
    """The reference that a page of the reporter names."""
    return page.locator(".portal-code, h1 .portal-nowrap").first.inner_text().strip()


@pytest.fixture
def small_phone(visitor):
    """The phone of an inhabitant: narrow, and without JavaScript."""
    return visitor(width=320, javascript=False)


def test_an_inhabitant_reports_and_reads_the_answer_of_the_meldpunt(visitor, small_phone, demo):
    code = report(small_phone)
    ref = ref_on(small_phone)

    desk = visitor(who="meldpuntmedewerker")
    unlock(desk, demo, "meldpuntmedewerker")
    open_report(desk, ref)
    assert STORY in desk.locator("main").inner_text()
    desk.locator("form[action$='/behandelen/'] button").click()
    desk.locator("[name=bericht-text]").fill("Fijn dat u dit deelt. Wij denken met u mee.")
    desk.locator("form[action$='/bericht/'] button").click()
    desk.wait_for_selector(".portal-thread .is-ours")

    come_back(small_phone, code)
    assert "Wij denken met u mee." in small_phone.locator(".portal-thread").inner_text()

    elsewhere = visitor(who="meldpuntmedewerker.polderveen")
    unlock(elsewhere, demo, "meldpuntmedewerker.polderveen")
    assert ref not in elsewhere.locator("main").inner_text()
    address = f"/werkplek/meldingen/{ref.replace('-', '')}/"
    assert desk.request.get(address).status == 200
    theirs, nowhere = (
        elsewhere.request.get(asked) for asked in (address, "/werkplek/meldingen/000000000000/")
    )
    stranger = visitor(who="professional").request.get(address)
    assert {theirs.status, nowhere.status, stranger.status} == {404}
    assert main_of(theirs) == main_of(nowhere) == main_of(stranger)


def main_of(response):
    return response.text().split("<main")[1].split("</main>")[0]


def test_nothing_scrolls_sideways_and_axe_is_silent_on_the_way(visitor, axe):
    page = visitor(width=320)
    begin(page)
    found = []
    for step in list(ANSWERS)[:-1]:
        found += [f"{step}: {trouble}" for trouble in axe(page)]
        assert page.evaluate("document.documentElement.scrollWidth") == 320, step
        found += read_from_the_right(page, step)
        answer(page, step)
    answer(page, "over-u")
    found += [f"check: {trouble}" for trouble in axe(page)]
    found += read_from_the_right(page, "check")

    assert not found, "\n".join(found)


def read_from_the_right(page, name):
    """The same page in a script that is read from the right fits as well; every box turns along."""
    page.evaluate("document.documentElement.dir = 'rtl'")
    outside = page.evaluate(
        """[...document.querySelectorAll('main *, footer *, .portal-quick-exit')].filter((one) => {
            const box = one.getBoundingClientRect();
            return box.width && !one.closest('.portal-hidden, details:not([open])')
                && (box.left < -1 || box.right > 321);
        }).map((one) => one.outerHTML.slice(0, 80))"""
    )
    page.evaluate("document.documentElement.removeAttribute('dir')")
    return [f"{name}, from the right: {one}" for one in outside]


def test_a_step_without_an_answer_says_so_and_takes_the_focus(visitor):
    page = visitor()
    begin(page)

    page.locator(".portal-actions [name=ga][value=verder]").click()

    assert page.title().startswith("Fout")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")


def test_the_keyboard_alone_is_enough(visitor):
    page = visitor()
    page.goto("/meldpunt/")
    tab_to(page, "[name=gemeente]")
    page.keyboard.press("Space")
    press(page, "main form .portal-actions button")

    tab_to(page, "[name=kind]")
    page.keyboard.press("ArrowDown")
    press(page, ".portal-actions [value=verder]")
    tab_to(page, "[name=observed_facts]")
    page.keyboard.type(STORY)
    tab_to(page, "[name=source]")
    page.keyboard.press("Space")
    press(page, ".portal-actions [value=verder]")

    page.wait_for_selector("[name=tried], [name=relation]")
    press(page, "[value=terug]")
    assert page.locator("[name=observed_facts]").input_value() == STORY


def tab_to(page, selector):
    """Press Tab until the focus is there; every stop on the way can be seen."""
    for _stop in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"The keyboard never comes to {selector}.")


def press(page, selector):
    """Go to a button with the keyboard and press it."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("way", ["shift", "click", "without JavaScript"])
def test_somebody_leaves_at_once_and_nothing_stays_behind(visitor, way):
    page = visitor(javascript=way != "without JavaScript")
    begin(page)
    assert page.context.cookies()

    if way == "shift":
        for _press in range(3):
            page.keyboard.press("Shift")
    else:
        page.locator("[data-quick-exit]").click()

    page.wait_for_url(f"**{ELSEWHERE}")
    assert page.context.cookies() == []


BUSY = "Het is nu erg druk"


def type_code(page, code):
    """Type a code on the page for it, and press the button."""
    page.goto("/meldpunt/code/")
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="Openen").click()


def try_codes(page):
    """Type codes that nobody has, until the page says that it is too busy."""
    for _time in range(30):  # a new minute may begin in between
        type_code(page, ReceiptCode.new().formatted)
        if page.get_by_text(BUSY).count():
            return


def test_when_it_is_too_busy_the_browser_works_and_the_right_code_opens(visitor, axe):
    page = visitor()
    code = report(page)
    try_codes(page)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("[name=code]").fill(code)
    page.get_by_text("Klaar. Druk op").wait_for(timeout=60_000)  # both cores may be busy
    page.get_by_role("button", name="Openen").press("Enter")
    page.wait_for_selector(".portal-report-grid")


def test_without_script_a_busy_page_asks_to_wait(small_phone):
    try_codes(small_phone)
    assert "Wacht 60 seconden" in small_phone.locator("main").inner_text()
