"""A professional takes module 1 on a telephone, without JavaScript, and shows the certificate."""

import re

from home.demo.texts import read_texts

MODULE = "/training/m1-herkennen-zonder-etiket/"


def entries():
    text = next(one for one in read_texts() if one.meta.get("code") == "M1")
    return {entry["question"]: entry for entry in text.meta["questions"]}


def test_module_one_is_passed_on_a_telephone_without_script(visitor):
    page = visitor(width=390, javascript=False, who="professional.polderveen")
    page.goto(MODULE)
    page.get_by_role("link", name="De toets doen").click()
    page.locator("main").get_by_role("button", name="Beginnen").click()
    known = entries()
    for number in range(1, len(known) + 1):
        assert page.locator("h1").inner_text() == f"Vraag {number} van {len(known)}"
        answer(page, known)
        page.locator("main").get_by_role("button", name="Antwoord geven").click()
        if page.locator("main form.portal-form").count():  # a scenario goes on
            answer(page, known)
            page.locator("main").get_by_role("button", name="Antwoord geven").click()
        assert page.get_by_text("Dat klopt.", exact=True).count()
        if number < len(known):
            page.get_by_role("link", name="Volgende vraag").click()

    page.get_by_role("button", name="Toets inleveren").click()
    assert page.locator("h1").inner_text() == "U bent geslaagd"
    page.get_by_role("link", name="Certificaat bekijken").click()
    code = re.search(r"/certificaat/(\w+)/", page.url).group(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    stranger = visitor(width=390, javascript=False)
    stranger.goto("/training/certificaat/")
    stranger.get_by_label("Code op het certificaat").fill(code.lower())
    stranger.get_by_role("button", name="Code controleren").click()
    assert stranger.get_by_text("Dit certificaat is echt en geldig.").count()
    assert stranger.get_by_text("Daan Peeters").count()


def answer(page, known):
    """Fill in what is right for the exercise that stands there."""
    words = page.locator("main").inner_text()
    entry = next(one for question, one in known.items() if question in words)
    match entry["kind"]:
        case "choice" | "multiple":
            for one in entry["answers"]:
                if one["right"]:
                    page.get_by_label(one["text"], exact=True).check()
        case "open":
            page.locator("main textarea").fill(
                "Op maandag riep hij in de kantine dat het genoeg was."
            )
            page.get_by_role("button", name="Modelantwoord bekijken").click()
            page.get_by_label("Ja", exact=True).check()
        case "case":
            columns = {
                "feit": "Feit",
                "vermoeden": "Vermoeden",
                "andere-verklaring": "Andere verklaring",
            }
            for one in entry["statements"]:
                group = page.get_by_role("group", name=one["text"])
                group.get_by_label(columns[one["column"]], exact=True).check()
        case "scenario":
            good = {"vraag", "goed"}
            for scene in entry["scenes"]:
                for choice in scene["choices"]:
                    field = page.get_by_label(choice["label"], exact=True)
                    if choice["goto"] in good and field.count():
                        field.check()
