"""The whole way of a report without JavaScript, without a mouse, on 320 pixels, for every eye."""

import pytest

from tests.journeys.conftest import DOMAIN, PASSWORD
from tests.journeys.reporting import ANSWERS, NEXT, STORY

ADVICE = "Fijn dat u dit deelt. Wij denken met u mee."
THANKS = "Dank u. Het is nu rustig op het plein."
STAFF = "meldpuntmedewerker"
LONG_WAY = 90  # stops of the Tab key on the longest page


class Hands:
    """Somebody who has a keyboard only, on a phone; every page on the way is looked at."""

    def __init__(self, page, axe):
        self.page, self.axe, self.found = page, axe, []
        self.browser = page.context.new_cdp_session(page)

    def comes_to(self, address):
        self.page.goto(address)
        self.looks()

    def looks(self):
        """Nothing scrolls sideways and nothing keeps anybody out.

        The page was built without its scripts; axe is one, so it runs when the page is there.
        """
        name = self.page.url.split("/", 3)[3]
        if self.page.evaluate("document.documentElement.scrollWidth") > 320:
            self.found.append(f"{name}: scrolls sideways")
        self.scripts(run=False)  # a switch that was never turned off can't be turned on
        self.scripts(run=True)
        self.found += [f"{name}: {trouble}" for trouble in self.axe(self.page)]
        self.scripts(run=False)

    def scripts(self, *, run):
        self.browser.send("Emulation.setScriptExecutionDisabled", {"value": not run})

    def tabs_to(self, selector):
        for _stop in range(LONG_WAY):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("(it) => document.activeElement.matches(it)", selector):
                return
        raise AssertionError(f"The keyboard never comes to {selector} on {self.page.url}.")

    def types(self, selector, text):
        self.tabs_to(selector)
        self.page.keyboard.type(text)

    def chooses(self, name, value):
        self.tabs_to(f"[name={name}]")
        self.page.keyboard.press("Space")
        wanted = self.page.locator(f"[name={name}][value={value}]")
        for _option in range(20):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows never come to {value} of {name}.")

    def ticks(self, name):
        self.tabs_to(f"[name={name}]")
        self.page.keyboard.press("Space")

    def presses(self, selector):
        """Press what stands there, and look at the page that comes."""
        self.tabs_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.looks()

    def reads(self, words, *, within="main"):
        assert words in self.page.locator(within).last.inner_text()


@pytest.fixture
def hands(visitor, axe):
    """A new pair of hands."""
    return lambda: Hands(visitor(width=320, javascript=False), axe)


def report(hands):
    """The whole form; the code and the reference that it ends with."""
    hands.comes_to("/meldpunt/")
    hands.chooses("gemeente", "demodam")
    hands.presses("main form .portal-actions button")
    for answers in ANSWERS.values():
        for name, value in answers.items():
            field = hands.page.locator(f"[name={name}]").first
            if field.get_attribute("type") == "radio":
                hands.chooses(name, value)
            else:
                hands.types(f"[name={name}]", value)
        hands.presses(NEXT)
    hands.reads(STORY)
    hands.presses(NEXT)
    code = hands.page.locator(".portal-receipt-code").inner_text().strip()
    hands.types("[name=last]", code.replace("-", "")[-4:])
    hands.presses("form:has([name=last]) .portal-actions button")
    return code, hands.page.locator(".portal-code, h1 .portal-nowrap").first.inner_text().strip()


def answer(hands, demo, ref):
    """Sign in, open the vault, take the report and write to the reporter."""
    hands.comes_to("/account/login/")
    hands.types("[name=login]", f"{STAFF}@{DOMAIN}")
    hands.types("[name=password]", PASSWORD)
    hands.presses("main form button")
    if hands.page.locator("main [name=code]").count():
        hands.types("main [name=code]", demo.code_of(STAFF))
        hands.presses("main form button")
    hands.comes_to("/werkplek/meldingen/")
    hands.types("[name=passphrase]", demo.passphrases[STAFF])
    hands.presses("form:has([name=passphrase]) .portal-actions button")
    link = f"main a[href$='/{ref.replace('-', '')}/']"
    if not hands.page.locator(link).count():  # the newest stands on the last page
        hands.comes_to("/werkplek/meldingen/?page=999")
    hands.presses(link)
    hands.ticks("reason")
    hands.presses("form:has([name=reason]) .portal-actions button")
    hands.reads(STORY)
    hands.presses("form[action$='/behandelen/'] button")
    hands.types("[name=bericht-text]", ADVICE)
    hands.presses("form[action$='/bericht/'] button")
    hands.reads(ADVICE, within=".portal-thread .is-ours")


def come_back(hands, code):
    """Read the answer, write back, and take the report back after all."""
    hands.comes_to("/meldpunt/code/")
    hands.types("[name=code]", code)
    hands.presses("form:has([name=code]) .portal-actions button")
    hands.reads(ADVICE, within=".portal-thread")
    hands.types("[name=text]", THANKS)
    hands.presses("form[action$='/bericht/'] button")
    hands.reads(THANKS, within=".portal-thread .is-ours")
    hands.presses("a[href$='/intrekken/']")
    hands.ticks("sure")
    hands.presses("main form .portal-actions button")
    hands.reads("Door u ingetrokken")


def test_from_worry_to_withdrawal_without_script_or_mouse_on_a_small_screen(hands, demo):
    reporter, colleague = hands(), hands()
    code, ref = report(reporter)
    answer(colleague, demo, ref)
    come_back(reporter, code)
    colleague.comes_to(f"/werkplek/meldingen/{ref.replace('-', '')}/")
    colleague.reads(THANKS, within=".portal-thread")
    colleague.reads("De melder trekt deze melding in.")
    found = reporter.found + colleague.found
    assert not found, "\n".join(found)
