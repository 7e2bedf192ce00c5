"""Somebody follows a course on a telephone, without JavaScript: lesson by lesson, to the test."""

from tests.journeys.looking import sideways, troubles

COURSE = "/training/basis/"
MODULE = f"{COURSE}m2-feit-vermoeden-andere-verklaring/"


def heading(page):
    return page.locator("h1").inner_text()


def test_a_course_is_read_lesson_by_lesson_on_a_telephone_without_script(visitor, demo):
    page = visitor(width=390, javascript=False, who="sleutelfiguur")
    page.goto("/training/")
    page.get_by_role("link", name="Basiscursus: van zorg naar feit").first.click()
    assert page.get_by_text("0 van 4 modules").count()
    page.get_by_role("link", name="M2 Feit, vermoeden en andere verklaring").click()
    page.get_by_role("link", name="De toets doen").click()
    page.get_by_text("Lees eerst de lessen.").wait_for()
    assert not page.locator("main").get_by_role("button", name="Beginnen").count()
    page.get_by_role("link", name="Drie kolommen in de praktijk").click()

    assert heading(page) == "Drie kolommen in de praktijk"
    assert page.get_by_role("heading", name="Feit, mening, tegenspraak").count()
    page.get_by_role("button", name="Gelezen: naar de volgende les").click()
    assert heading(page) == "Aan de slag met uw eigen notitie"
    page.goto("/training/mijn/")
    page.get_by_role("link", name="Verder lezen").first.click()
    assert heading(page) == "Aan de slag met uw eigen notitie"
    page.get_by_role("button", name="Gelezen: naar de toets").click()
    assert page.locator("main").get_by_role("button", name="Beginnen").count()
    page.goto(MODULE)
    assert page.get_by_text("2 van 2 lessen").count()
    for address in (COURSE, MODULE, f"{MODULE}drie-kolommen/", "/training/mijn/"):
        page.goto(address)
        assert sideways(page, width=390) == 0, address


def test_lessons_are_reached_and_marked_by_keyboard(visitor):
    page = visitor(who="sleutelfiguur")
    page.goto("/training/basis/m4-advies-vragen-en-delen/eerst-zonder-naam/")
    page.get_by_role("button", name="Gelezen: naar de volgende les").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en-daarna/")

    assert page.locator("nav [aria-current=page]").filter(has_text="En daarna?").count()


def test_a_coordinator_says_which_event_counts_and_sees_teams(visitor, axe):
    page = visitor(who="trainingscoordinator")
    page.goto("/werkplek/training/bijeenkomsten/")
    found = troubles(page, axe, "events that count")
    page.get_by_role("link", name="Terugkomdag Lindekade").click()
    found += troubles(page, axe, "one event that counts")
    page.locator("main select[name=module]").select_option(index=1)
    page.locator("main").get_by_role("button", name="Opslaan").click()
    page.wait_for_url("**/bijeenkomsten/")
    row = page.get_by_role("row").filter(has_text="Terugkomdag Lindekade")
    assert "M1 Herkennen zonder etiket" in row.inner_text()
    page.goto("/werkplek/training/teams/")
    found += troubles(page, axe, "teams")
    assert page.get_by_text("Lyceum De Linde").count()
    assert not found, "\n".join(found)
