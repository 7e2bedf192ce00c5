"""How a reporter and the desk find their way through the pages of the meldpunt."""

from tests.journeys.conftest import sign_in

STORY = "Ik hoorde twee keer dat iemand op het plein riep dat wij moeten opkrassen."
# Step to field to value; one step after another.
ANSWERS = {
    "soort": {"kind": "worry"},
    "waarneming": {"observed_facts": STORY, "source": "self"},
    "zorg": {"relation": "seen", "contact": "no"},
    "gedachten": {"interpretation": "Ik denk dat er iets speelt tussen twee groepen."},
    "tegenspraak": {"counter_indications": "Er is ook veel steun in de buurt."},
    "waar-en-wanneer": {"period": "week", "area": "unknown", "place": "street"},
    "haast": {"urgency": "normal"},
    "over-u": {"capacity": "resident"},
}
NEXT = ".portal-actions [name=ga][value=verder]"


def begin(page, municipality="demodam"):
    """From the front door to the first question."""
    page.goto("/meldpunt/")
    page.locator(f"[name=gemeente][value={municipality}]").check()
    page.locator("main form .portal-actions button").click()
    page.wait_for_selector("[name=kind]")


def answer(page, step):
    """Fill in one step, and go on."""
    for name, value in ANSWERS[step].items():
        field = page.locator(f"[name={name}]")
        if field.first.get_attribute("type") == "radio":
            page.locator(f"[name={name}][value={value}]").check()
        else:
            field.fill(value)
    page.locator(NEXT).first.click()


def report(page):
    """The whole form; the receipt code that it ends with."""
    begin(page)
    for step in ANSWERS:
        answer(page, step)
    assert STORY in page.locator("main").inner_text()
    page.locator(NEXT).click()
    code = page.locator(".portal-receipt-code").inner_text().strip()
    page.locator("[name=last]").fill(code.replace("-", "")[-4:])
    page.locator("form:has([name=last]) .portal-actions button").click()
    return code


def come_back(page, code):
    """Open the conversation with the code."""
    page.goto("/meldpunt/code/")
    page.locator("[name=code]").fill(code)
    page.locator("form:has([name=code]) .portal-actions button").click()
    page.wait_for_selector(".portal-report-grid")


def unlock(page, demo, account):
    """Open the vault with the passphrase of the demo.

    Opening it renews the web session, so after another journey the kept one has to be made anew.
    """
    page.goto("/werkplek/meldingen/")
    if not page.locator("[name=passphrase]").count():
        sign_in(page, demo, account)
        page.goto("/werkplek/meldingen/")
    page.locator("[name=passphrase]").fill(demo.passphrases[account])
    page.locator("form:has([name=passphrase]) .portal-actions button").click()
    page.wait_for_url("**/werkplek/meldingen/")


def open_report(page, ref):
    """From the list to the words of one report, with a reason.

    The newest has most time left: after many journeys it stands on the last page.
    """
    link = page.get_by_role("link", name=ref)
    if not link.count():
        page.goto("/werkplek/meldingen/?page=999")
    link.click()
    page.locator("[name=reason]").first.check()
    page.locator("form:has([name=reason]) .portal-actions button").click()
    page.wait_for_selector("#kop-inhoud")
