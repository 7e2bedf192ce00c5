"""A participant of a casusoverleg reads one text: one asks, another calls and agrees, and it ends."""

import re
from datetime import timedelta

from django.utils import timezone

from tests.factories.meldpunt import PASSPHRASE
from tests.journeys.looking import sideways, troubles
from tests.journeys.reporting import open_report, report, unlock
from tests.journeys.test_reporting import ref_on

GUEST, NAME = "deelnemer-weging", "Peter Kuipers"
ASK = "form[action$='/gast/vragen/']"
TEXT = "Twee groepen jongeren zoeken elkaar op bij het plein."
READ = "main form:has([name=passphrase]) .portal-actions button"


def test_a_guest_reads_what_two_people_share_until_it_ends(visitor, demo, axe):
    found = []
    guest = visitor(who=GUEST)
    guest.goto("/werkplek/")
    guest.get_by_role("link", name="Met u gedeeld").first.click()
    found += troubles(guest, axe, "gast kiest wachtzin")
    for name in ("passphrase", "again"):
        guest.locator(f"[name={name}]").fill(PASSPHRASE)
    guest.locator(READ).click()
    mark = guest.locator("p strong", has_text=re.compile(r"\w{4}(-\w{4}){3}")).inner_text()
    found += troubles(guest, axe, "gast heeft een sleutel")

    reporter = visitor()
    report(reporter)
    ref = ref_on(reporter)
    desk = visitor(who="meldpuntmedewerker")
    unlock(desk, demo, "meldpuntmedewerker")
    open_report(desk, ref)
    desk.locator("form[action$='/behandelen/'] button").click()
    desk.get_by_text("Delen met een deelnemer van het casusoverleg").click()
    found += troubles(desk, axe, "gast vragen")
    assert sideways(desk, width=320) == 0
    fill_in(desk)
    desk.locator(f"{ASK} .portal-actions button").press("Enter")
    desk.get_by_role("button", name="Intrekken").wait_for()
    found += troubles(desk, axe, "gast gevraagd")

    colleague = visitor(who="meldpuntmedewerker2")
    unlock(colleague, demo, "meldpuntmedewerker2")
    open_report(colleague, ref)
    waits = colleague.locator("section:has(#kop-gasten)")
    assert TEXT in waits.inner_text()
    assert mark in waits.inner_text()
    found += troubles(colleague, axe, "gast goedkeuren")
    colleague.get_by_label("Ik heb deze gast gebeld").press("Space")
    colleague.get_by_role("button", name="Akkoord: de gast leest deze tekst").press("Enter")
    colleague.get_by_text("Kan lezen").wait_for()
    found += troubles(colleague, axe, "gast kan lezen")

    guest.goto("/werkplek/meldingen/casusoverleg/")
    found += troubles(guest, axe, "gast lijst")
    guest.locator("main li.portal-panel a").press("Enter")
    address = guest.url
    guest.locator("[name=passphrase]").fill("niet deze woorden maar andere")
    guest.locator("[name=passphrase]").press("Enter")
    guest.get_by_text("Deze wachtzin klopt niet.").first.wait_for()
    found += troubles(guest, axe, "gast verkeerde wachtzin")
    guest.locator("[name=passphrase]").fill(PASSPHRASE)
    guest.locator(READ).click()
    guest.get_by_text(TEXT).wait_for()
    found += troubles(guest, axe, "gast leest")

    desk.reload()
    desk.get_by_role("button", name=f"De kopie voor {NAME} beëindigen").press("Enter")
    desk.get_by_text("Beëindigd", exact=True).wait_for()
    assert guest.goto(address).status == 404
    assert TEXT not in guest.content()
    assert found == []


def fill_in(desk):
    """Whom, until when, why, and the text."""
    last = timezone.localdate() + timedelta(days=7)
    chosen = desk.locator("[name=gast-colleague]")
    value = chosen.locator("option", has_text=NAME).get_attribute("value")
    chosen.select_option(value)
    for part in ("day", "month", "year"):
        desk.locator(f"[name=gast-until_{part}]").fill(str(getattr(last, part)))
    desk.locator("[name=gast-why]").fill("Voor het overleg van donderdag.")
    desk.locator("[name=gast-text]").fill(TEXT)
