"""A professional takes module 1 on a telephone, without JavaScript, and shows the certificate."""

import re

from home.demo.texts import read_texts
from tests.journeys.conftest import sign_in

LEARNER = "professional.polderveen"
MODULE = "/training/basis/m1-herkennen-zonder-etiket/"
TEST = "/training/m1-herkennen-zonder-etiket/toets/"


def entries():
    text = next(one for one in read_texts() if one.meta.get("code") == "M1")
    return {entry["question"]: entry for entry in text.meta["questions"]}


def test_module_one_is_failed_and_passed_a_day_later_on_a_telephone_without_script(visitor, demo):
    page = visitor(width=390, javascript=False, who=LEARNER)
    page.goto(MODULE)
    page.get_by_role("link", name="De toets doen").click()
    for _attempt in range(3):
        take(page, right=False)
        assert page.locator("h1").inner_text() == "Nog niet geslaagd"
        page.goto(TEST)
    assert page.get_by_text("U heeft uw pogingen van 24 uur gebruikt").count()
    assert not page.locator("main").get_by_role("button", name="Beginnen").count()

    with demo.ahead(hours=25):
        sign_in(page, demo, LEARNER)
        page.goto(TEST)
        take(page)
        assert page.locator("h1").inner_text() == "U bent geslaagd"
        page.get_by_role("link", name="Certificaat bekijken").click()
        code = re.search(r"/certificaat/(\w+)/", page.url).group(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.goto("/training/mijn/")
        assert page.locator("main").inner_text().count("Niet geslaagd") == 3

        stranger = visitor(width=390, javascript=False)
        stranger.goto("/training/certificaat/")
        stranger.get_by_label("Code op het certificaat").fill(code.lower())
        stranger.get_by_role("button", name="Code controleren").click()
        assert stranger.get_by_text("Dit certificaat is echt en geldig.").count()
        assert stranger.get_by_text("Daan Peeters").count()


def take(page, *, right=True):
    """Begin, answer every question, and hand in."""
    page.locator("main").get_by_role("button", name="Beginnen").click()
    known = entries()
    for number in range(1, len(known) + 1):
        assert page.locator("h1").inner_text() == f"Vraag {number} van {len(known)}"
        while page.locator("main form.portal-form").count():  # a scenario goes on
            answer(page, known, right=right)
            page.locator("main").get_by_role("button", name="Antwoord geven").click()
        assert bool(page.get_by_text("Dat klopt.", exact=True).count()) == right
        if number < len(known):
            page.get_by_role("link", name="Volgende vraag").click()
    page.get_by_role("button", name="Toets inleveren").click()


def answer(page, known, *, right):
    """Fill in what is right for the exercise that stands there, or what is not."""
    words = page.locator("main").inner_text()
    entry = next(one for question, one in known.items() if question in words)
    match entry["kind"]:
        case "choice" | "multiple":
            for one in entry["answers"]:
                if one["right"] == right:
                    page.get_by_label(one["text"], exact=True).check()
        case "open":
            page.locator("main textarea").fill(
                "Op maandag riep hij in de kantine dat het genoeg was."
            )
            page.get_by_role("button", name="Modelantwoord bekijken").click()
            page.get_by_label("Ja" if right else "Nee", exact=True).check()
        case "case":
            columns = {
                "feit": "Feit",
                "vermoeden": "Vermoeden",
                "andere-verklaring": "Andere verklaring",
            }
            for one in entry["statements"]:
                group = page.get_by_role("group", name=one["text"])
                wanted = next(name for name in columns if (name == one["column"]) == right)
                group.get_by_label(columns[wanted], exact=True).check()
        case "scenario":
            good = {"vraag", "goed"}
            for scene in entry["scenes"]:
                for choice in scene["choices"]:
                    field = page.get_by_label(choice["label"], exact=True)
                    if (choice["goto"] in good) == right and field.count():
                        field.check()
