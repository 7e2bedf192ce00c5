"""An inhabitant sends a photo and a letter along, without JavaScript; the desk looks at the copies."""

import pytest

from tests.factories import files
from tests.factories.scanner import Clamd
from tests.journeys.reporting import ANSWERS, NEXT, answer, begin, come_back, open_report, unlock

pytestmark = pytest.mark.clamav
SENT = [
    {"name": "kanarie.jpg", "mimeType": "image/jpeg", "buffer": files.photo(size=(1600, 900))},
    {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": files.pdf(pages=2)},
]


@pytest.fixture
def takes_files(demo, visitor, tmp_path):
    """The functional manager switched files on in Demodam, with originals."""
    with Clamd(tmp_path, socket=str(demo.folder / "clamd")):
        manager = visitor(who="functioneel-beheerder")
        manager.goto("/werkplek/meldingen/bestanden/?gemeente=demodam")
        for name in ("aan", "originelen"):
            manager.locator(f"[name={name}]").check()
        manager.locator("form:has([name=aan]) .portal-actions button").click()
        yield manager


def troubles(page, axe, width):
    """What axe finds, and whether the page scrolls sideways."""
    found = axe(page)
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append(f"{page.url} is wider than {width}")
    return found


def at_the_check(page):
    begin(page)
    for step in ANSWERS:
        answer(page, step)


def test_files_go_along_and_are_looked_at(takes_files, visitor, axe, demo):
    phone = visitor(width=320, javascript=False)
    at_the_check(phone)
    phone.locator("[name=bestanden]").set_input_files(SENT)
    phone.locator(NEXT).click()
    code = phone.locator(".portal-receipt-code").inner_text().strip()
    ref = phone.locator(".portal-code, h1 .portal-nowrap").first.inner_text().strip()
    phone.locator("[name=last]").fill(code.replace("-", "")[-4:])
    phone.locator("form:has([name=last]) .portal-actions button").click()
    come_back(phone, code)
    phone.locator("[name=text]").fill("Hier is nog een foto.")
    phone.locator("[name=bestanden]").set_input_files(SENT[:1])
    phone.locator("form[action$='/bericht/'] .portal-actions button").first.click()
    assert "1 bestand" in phone.locator("main").inner_text()

    desk = visitor(who="meldpuntmedewerker", width=390)
    unlock(desk, demo, "meldpuntmedewerker")
    open_report(desk, ref)
    found = troubles(desk, axe, 390)
    assert desk.locator("#kop-bijlagen").is_visible()
    assert "kanarie" not in desk.content()
    desk.get_by_role("link", name="Open bestand 1").click()
    picture = desk.locator(".portal-file-picture")
    shown = picture.evaluate("image => image.decode().then(() => image.naturalWidth)")
    assert shown == 1600
    found += troubles(desk, axe, 390)

    assert not found, "\n".join(found)


def test_the_pages_with_files_are_readable_for_everybody(takes_files, visitor, axe):
    page = visitor(width=320)
    at_the_check(page)
    found = troubles(page, axe, 320)
    page.locator("summary", has_text="Wat gebeurt er met een bestand?").press("Enter")
    found += troubles(page, axe, 320)
    wrong = {"name": "x.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    page.locator("[name=bestanden]").set_input_files([wrong])
    page.locator(NEXT).click()
    page.wait_for_selector("[data-error-summary]")
    assert "soort bestand" in page.locator("[data-error-summary]").inner_text()
    assert page.evaluate("document.activeElement.dataset.errorSummary") == ""
    found += troubles(page, axe, 320)
    found += troubles(takes_files, axe, 1280)

    assert not found, "\n".join(found)
