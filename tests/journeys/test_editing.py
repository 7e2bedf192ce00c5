"""Two people put an article on the portal."""

import time

from playwright.sync_api import expect

TITLE = "Samen eten met de buren"
WORD = "pannenkoekenplein"


def test_an_editor_writes_and_another_approves_and_it_is_found(visitor, demo):
    editor = visitor(who="redacteur")
    address = write(editor, demo)
    preview = editor.request.get(f"{address}view_draft/".replace("/edit/", "/"))
    assert WORD in preview.text()

    submit(editor)
    assert not is_found(visitor())
    editor.goto(address)
    assert editor.locator("[data-workflow-action-name=approve]").count() == 0

    chief = visitor(who="eindredacteur")
    chief.goto(address)
    open_actions(chief)
    chief.locator("[data-workflow-action-name=approve]").first.click()
    chief.wait_for_url("**/beheer/pages/**")
    approved = time.monotonic()

    reader = visitor()
    while not is_found(reader):
        assert time.monotonic() - approved < 1, "Not found within a second."
    reader.locator("main h3 a, main h2 a").get_by_text(TITLE).first.click()
    assert reader.locator("h1").inner_text() == TITLE


def write(page, demo):
    """A new article below the knowledge base, kept as a draft; the address of its editor."""
    parent = demo.page_number("/voorpagina/kennisbank/")
    page.goto(f"/beheer/pages/add/knowledge_library/articlepage/{parent}/")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_summary").fill(f"Over het {WORD} in de wijk.")
    expect(page.locator("#id_slug")).not_to_have_value("")  # made out of the title
    page.locator("footer .action-save").click()
    page.wait_for_url("**/edit/")
    return page.url


def open_actions(page):
    """Show what else can be done with the page."""
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()


def submit(page):
    """Hand the draft to the editor in chief."""
    if not page.locator("[name=action-submit]").first.is_visible():
        open_actions(page)
    page.locator("[name=action-submit]").first.click()


def is_found(page):
    page.goto(f"/zoeken/?q={WORD}")
    return page.get_by_text(TITLE).count() > 0
