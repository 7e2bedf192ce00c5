"""Every screen of training and the agenda that needs something done first, for everybody's eyes."""

import re

import pytest

from tests.journeys.looking import troubles

TEST = "/training/m1-herkennen-zonder-etiket/toets/"
DAY = "/agenda/terugkomdag-lindekade/"
EVENING = "/agenda/bewonersavond-noorderbuurt/"
TALK = "/agenda/overleg-najaar/verslag/"
LIST = "e-mailadres;module;datum\nniemand@lindekade.example;m1;2026-01-01\n"


@pytest.fixture
def look(axe):
    """Look at the page that is open, and at the end say what was wrong with all of them."""
    found = []

    def at(page, name):
        found.extend(troubles(page, axe, name))

    yield at
    assert not found, "\n".join(found)


def opened(page, address, look, name):
    """Open an address and look at it."""
    response = page.goto(address)
    assert response.status == 200, (address, response.status)
    look(page, name)


def pressed(page, name):
    """Press the button of the form on the page."""
    page.locator("main").get_by_role("button", name=name).first.click()


def test_a_learner_sees_exercises_feedback_result_and_certificate(visitor, look):
    page = visitor(who="ambassadeur")
    page.goto(TEST)
    pressed(page, "Beginnen")
    total = int(re.search(r"van (\d+)", page.locator("h1").inner_text())[1])
    for number in range(1, total + 1):
        page.goto(f"{TEST}{number}/")
        look(page, f"exercise {number}")
        if page.locator("main input[type=radio]").count():  # each test has its own order
            choosing = page.url
    page.goto(choosing)
    pressed(page, "Antwoord geven")
    look(page, "exercise with an error")
    page.locator("main input[type=radio]").first.check()
    pressed(page, "Antwoord geven")
    look(page, "exercise judged")
    opened(page, "/training/mijn/werk/", look, "where I work")
    opened(page, "/training/mijn/wissen/", look, "deleting my training")
    opened(page, TEST, look, "test to go on with")

    noor = visitor(who="professional")
    noor.goto("/training/mijn/")
    noor.locator("main a[href*='/training/uitslag/']").first.click()
    look(noor, "result")
    noor.goto("/training/mijn/")
    noor.locator("main a[href*='/training/certificaat/']").first.click()
    look(noor, "own certificate")

    stranger = visitor()
    opened(stranger, "/training/certificaat/", look, "checking a certificate")
    stranger.goto(noor.url)
    look(stranger, "certificate")
    stranger.goto("/training/certificaat/AAAABBBBCCCCDDDD/")
    look(stranger, "certificate that nobody knows")


def test_a_coordinator_asks_people_and_takes_in_a_list(visitor, look, demo):
    page = visitor(who="trainingscoordinator")
    page.goto("/werkplek/training/aanmelden/")
    page.locator("main select[name=module]").select_option(index=1)
    page.locator("main button[value=link]").click()
    look(page, "asking people")
    link = re.search(r"/training/aanmelden/[\w:.-]+/", page.locator("main").inner_text())[0]
    opened(page, "/werkplek/training/inlezen/", look, "lists")
    page.locator("main input[type=file]").set_input_files(
        {"name": "oud.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    pressed(page, "Bestand bekijken")
    page.wait_for_url("**/inlezen/*/")
    look(page, "a list with a mistake")
    page.goto("/werkplek/training/terugkomdag/")
    page.get_by_role("link", name="Terugkomdag Lindekade").first.click()
    look(page, "one terugkomdag")

    learner = visitor(who="professional")
    opened(learner, link, look, "joining by a link")


def test_somebody_who_comes_sees_ticket_and_evaluation(visitor, look):
    page = visitor(who="professional")
    opened(page, "/agenda/mijn/", look, "my registrations")
    opened(page, f"{DAY}afmelden/", look, "signing off")
    page.goto(DAY)
    page.get_by_role("link", name="Uw kaartje").click()
    look(page, "ticket")
    ticket = page.url.rstrip("/").rpartition("/")[2]
    opened(page, f"/agenda/evaluatie/{ticket}/3d/", look, "evaluation")
    pressed(page, "Versturen")
    look(page, "evaluation with errors")

    planner = visitor(who="trainingscoordinator")
    planner.goto("/werkplek/agenda/")
    planner.get_by_role("link", name="Terugkomdag Lindekade").click()
    look(planner, "planning one event")
    own = planner.url
    opened(planner, f"{own}wijzigen/", look, "changing an event")
    opened(planner, f"{own}afgelasten/", look, "calling an event off")
    opened(planner, f"{own}sessie/", look, "a session")
    opened(planner, f"{own}deur/", look, "the door")
    planner.get_by_label("Code van het kaartje").fill("onzin")
    pressed(planner, "Inchecken")
    look(planner, "the door with an error")
    opened(planner, f"/werkplek/agenda/kaartje/{ticket}/", look, "a scanned ticket")


def test_a_guest_asks_confirms_and_signs_off_without_script(visitor, look, demo):
    page = visitor(width=390, javascript=False)
    page.goto(EVENING)
    page.get_by_role("link", name="Aanmelden zonder account").click()
    page.get_by_label("E-mailadres").fill("gast@example.org")
    page.get_by_role("button", name="Stuur mij de mail").click()
    assert page.locator("h1").inner_text() == "Kijk in uw mail"
    address = f"/agenda/gast/{demo.code_of_guest('gast@example.org')}/"
    page.goto(address)
    page.get_by_role("button", name="Ja, ik kom").click()
    assert page.locator("h1").inner_text() == "U bent aangemeld"

    eyes = visitor()
    opened(eyes, f"{EVENING}gast/", look, "asking as a guest")
    pressed(eyes, "Stuur mij de mail")
    look(eyes, "asking as a guest with an error")
    opened(eyes, f"{EVENING}gast/verstuurd/", look, "a letter is on its way")
    opened(eyes, EVENING, look, "event with guests")
    opened(eyes, address, look, "place of a guest")
    eyes.goto("/agenda/gast/bestaat-niet/")
    look(eyes, "link of a guest that is gone")

    page.get_by_role("button", name="Meld mij af").click()
    assert page.locator("h1").inner_text() == "U bent afgemeld"
    opened(eyes, address, look, "guest who signed off")


def test_both_sides_of_a_dialogue_see_their_screens(visitor, look):
    page = visitor(who="instelling")
    opened(page, "/agenda/overleg/", look, "series of talks")
    page.locator("main li a[href^='/agenda/overleg/']").first.click()
    look(page, "one series")
    opened(page, f"{page.url}deelnemer/", look, "adding a member")
    for what in ("voorstel", "aanwezig", "afspraak", "verslag"):
        opened(page, f"{TALK}{what}/", look, f"talk {what}")

    planner = visitor(who="netwerkregisseur")
    opened(planner, "/agenda/overleg/nieuw/", look, "a new series")
