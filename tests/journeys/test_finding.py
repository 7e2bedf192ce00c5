"""Readers find what they need."""


def test_a_professional_finds_the_step_of_the_draaiboek_that_she_needs(visitor):
    page = visitor(who="professional")
    page.goto("/")
    page.locator("main [name=q]").fill("netwerk bevragen")
    page.keyboard.press("Enter")
    page.locator("main a[href*='#stap-4']").first.click()

    assert page.url.endswith("/draaiboeken/draaiboek-vrede/#stap-4")
    step = page.locator("#stap-4")
    assert "netwerk bevragen" in step.inner_text().lower()
    assert 0 <= step.bounding_box()["y"] < 900


def test_a_visitor_does_not_learn_that_the_draaiboek_has_such_a_step(visitor):
    page = visitor()
    page.goto("/zoeken/?q=netwerk+bevragen")

    assert page.locator("main a[href*='draaiboek']").count() == 0


def test_a_mistyped_word_is_understood(visitor):
    page = visitor()
    page.goto("/zoeken/?q=radikalisering")

    assert page.locator("main").get_by_text("radicalisering").count() > 0


def test_a_parent_chooses_who_can_help(visitor):
    page = visitor(width=390)
    page.goto("/hulp/")
    everything = page.locator("main article").count()

    page.locator(".portal-chooser a[href*='voor=ouders']").click()
    page.locator(".portal-chooser a[href*='over=zorgen-om-iemand']").click()

    titles = page.locator("main article h3").all_inner_texts()
    assert 0 < len(titles) < everything
    assert any("Landelijk Steunpunt Extremisme" in title for title in titles)
    assert page.locator(".portal-chooser [aria-current]").count() == 2


def test_somebody_with_a_worry_is_led_to_advice_without_javascript(visitor):
    page = visitor(javascript=False)
    page.goto("/kennisbank/wat-doe-ik-met-mijn-zorg/")

    asked = 0
    while page.locator(".portal-flow--outcome").count() == 0:
        page.locator(".portal-answer").last.click()
        asked += 1
        assert asked < 12, "The questions never end."

    assert page.locator(".portal-flow--outcome a.nl-button").count() > 0
    page.locator("main a[href*='#vraag']").first.click()
    assert page.locator(".portal-answer").count() > 1


def test_danger_now_leads_to_112_at_the_first_question(visitor):
    page = visitor()
    page.goto("/kennisbank/wat-doe-ik-met-mijn-zorg/")

    page.locator(".portal-answer").first.click()

    assert "112" in page.locator(".portal-flow--outcome").inner_text()
