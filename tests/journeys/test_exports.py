"""A report leaves as a file: one asks, another agrees, and the first takes it once."""

from tests.journeys.looking import troubles
from tests.journeys.reporting import open_report, report, unlock
from tests.journeys.test_reporting import ref_on

ASK = "form[action$='/uitdraai/vragen/']"
WHY = "Voor de politie, na overleg met de jurist."


def test_a_handler_takes_a_file_to_which_a_colleague_agreed(visitor, demo, axe):
    reporter = visitor()
    report(reporter)
    ref = ref_on(reporter)
    desk = visitor(who="meldpuntmedewerker")
    unlock(desk, demo, "meldpuntmedewerker")
    open_report(desk, ref)
    desk.locator("form[action$='/behandelen/'] button").click()
    desk.locator("#kop-uitdraai").wait_for()
    desk.get_by_text("Vraag om een bestand van deze melding").click()
    desk.locator("[name=uitdraai-why]").fill(WHY)
    assert troubles(desk, axe, "een bestand vragen") == []
    desk.locator(f"{ASK} button").click()
    desk.get_by_text("Een collega moet akkoord gaan.").wait_for()

    colleague = visitor(who="meldpuntmedewerker2")
    unlock(colleague, demo, "meldpuntmedewerker2")
    open_report(colleague, ref)
    assert WHY in colleague.locator("section:has(#kop-uitdraai)").inner_text()
    assert troubles(colleague, axe, "een bestand goedkeuren") == []
    colleague.locator("form[action$='/uitdraai/akkoord/'] button").click()
    colleague.get_by_text("Een collega mag een bestand").wait_for()

    desk.reload()
    desk.get_by_role("link", name="Sla een bestand van deze melding op").click()
    assert troubles(desk, axe, "een bestand opslaan") == []
    desk.locator("[name=passphrase]").fill(demo.passphrases["meldpuntmedewerker"])
    with desk.expect_download() as waiting:
        desk.locator("main form .portal-actions button").click()
    assert waiting.value.suggested_filename == "uitdraai.csv"


def test_who_answers_for_a_meldpunt_sees_numbers(visitor, axe):
    page = visitor(who="portefeuillehouder")
    page.goto("/werkplek/")
    page.get_by_role("link", name="Het meldpunt in cijfers").first.click()
    assert troubles(page, axe, "meldpunt in cijfers") == []
    assert page.get_by_role("table").count() == 1
