"""A report goes to the meldpunt next door: two people decide, and the reporter keeps the code."""

from tests.journeys.looking import troubles
from tests.journeys.reporting import STORY, come_back, open_report, report, unlock
from tests.journeys.test_reporting import ref_on

GIVE = "form[action$='/doorgeven/']"
WHY = "Het plein ligt bij u. Wij belden er vanochtend over."
NEXT_DOOR = "meldpuntmedewerker.polderveen"


def test_a_report_is_handed_over_and_the_people_next_door_read_it(visitor, demo, axe):
    reporter = visitor(width=390)
    code = report(reporter)
    ref = ref_on(reporter)
    desk = visitor(who="meldpuntmedewerker")
    unlock(desk, demo, "meldpuntmedewerker")
    open_report(desk, ref)
    desk.locator("form[action$='/behandelen/'] button").click()
    desk.get_by_text("Deze melding doorgeven aan een ander meldpunt").click()
    assert troubles(desk, axe, "doorgeven") == []
    desk.locator(f"{GIVE} button").click()
    assert troubles(desk, axe, "doorgeven zonder keuze") == []
    desk.locator(f"{GIVE} select").select_option(label="Polderveen")
    desk.locator(f"{GIVE} textarea").fill(WHY)
    desk.locator(f"{GIVE} button").click()
    assert troubles(desk, axe, "doorgeven wacht op een collega") == []

    colleague = visitor(who="meldpuntmedewerker2")
    unlock(colleague, demo, "meldpuntmedewerker2")
    open_report(colleague, ref)
    assert WHY in colleague.locator("section:has(#kop-doorgeven)").inner_text()
    assert troubles(colleague, axe, "doorgeven goedkeuren") == []
    colleague.get_by_role("button", name="Ik ga akkoord: naar Polderveen").click()
    assert "Het meldpunt van Polderveen heeft melding" in colleague.locator("main").inner_text()
    assert colleague.get_by_role("link", name=ref).count() == 0
    assert desk.goto(desk.url).status == 404

    colleague.goto("/werkplek/meldingen/bewaren/doorgegeven/")
    assert troubles(colleague, axe, "doorgegeven meldingen") == []
    colleague.get_by_role("link", name="Vernietigd: het bewijs bekijken").first.click()
    assert troubles(colleague, axe, "bewijs van doorgeven") == []
    assert "Er is geen sleutel meer" in colleague.locator("main").inner_text()

    neighbour = visitor(who=NEXT_DOOR)
    unlock(neighbour, demo, NEXT_DOOR)
    open_report(neighbour, ref)
    read = neighbour.locator("main").inner_text()
    assert STORY in read
    assert WHY in read
    assert troubles(neighbour, axe, "een doorgegeven melding") == []

    come_back(reporter, code)
    assert (
        "Het meldpunt van Polderveen heeft uw melding nu." in reporter.locator("main").inner_text()
    )
    assert troubles(reporter, axe, "de melder na het doorgeven") == []
