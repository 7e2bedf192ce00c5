"""What visitors type, and what they should find first."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.engine import find, suggestions
from search.models import Kind, Synonym
from search.results import Filters
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import (
    article,
    closed_library,
    help_card,
    library,
    module,
    runbook,
    step,
    text,
    theme,
    word,
)
from tests.factories.pages import news_index, news_item
from tests.factories.regions import MunicipalityFactory
from tests.factories.search import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]
ANYBODY = AnonymousUser()


def test_a_professional_finds_step_four_by_asking_the_network():
    steps = [step("Signaal vastleggen"), step("Kernteam"), step("Duiden"), step("Netwerk bevragen")]
    runbook("Draaiboek Vrede", steps=steps)
    article("Een netwerk om op te bouwen", body=[text("Wij bevragen elkaar.")])
    word("netwerk bevragen")

    first = find("netwerk bevragen", user=UserFactory(roles=["professional"])).hits[0]

    assert first.kind is Kind.STEP
    assert first.url == "/draaiboeken/draaiboek-vrede/#stap-4"
    assert list(first.way)[-1] == "Draaiboek Vrede"


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("vergunning", "Vergunningen zijn nodig."),
        ("overleg", "Het buurtoverleg is op maandag."),
        ("veiligheid", "Bel het Veiligheidshuis."),
        ("moskeeen", "De moskee is open."),
        ("CAFE", "Het café in de wijk."),
        ("i2o", "Werk met i2o samen."),
        ("netwerkkaart", "Maak een kaart van uw netwerk."),
    ],
)
def test_another_form_of_the_word_is_found(asked, written):
    article("Uitleg", body=[text(written)])

    assert found(asked, ANYBODY) == ["Uitleg"]


def test_the_title_counts_more_than_the_text():
    article("Bladzijde", body=[text("Over polarisatie. " * 9)])
    article("Wat is polarisatie?", body=[text("Uitleg.")])

    assert found("polarisatie", ANYBODY) == ["Wat is polarisatie?", "Bladzijde"]


def test_what_a_page_is_about_counts_more_than_a_word_in_passing():
    article("Eerste", body=[text("Een keer spanning.")])
    article("Tweede", summary="Omgaan met spanning.")

    assert found("spanning", ANYBODY) == ["Tweede", "Eerste"]


def test_quotes_ask_for_exactly_that():
    article("Wel", body=[text("Leg het eerste signaal vast.")])
    article("Niet", body=[text("Het signaal is eerste klas.")])

    assert found('"eerste signaal"', ANYBODY) == ["Wel"]


def test_a_minus_leaves_a_word_out():
    article("Overleg van de politie", body=[text("Politie.")])
    article("Overleg van de buurt")

    assert found("overleg -politie", ANYBODY) == ["Overleg van de buurt"]


def test_when_no_page_holds_everything_some_of_it_will_do_and_that_is_said():
    article("Over opvoeden", body=[text("Opvoeden en grenzen.")])

    results = find("opvoeden kanarie", user=ANYBODY)

    assert results.is_partial
    assert results.count == 1


def test_a_slip_of_the_keyboard_finds_what_was_meant_and_says_so():
    article("Radicalisering")

    results = find("radicalisring", user=ANYBODY)

    assert (results.count, results.instead, results.correction) == (1, "radicalisering", "")


def test_a_word_that_is_only_a_little_alike_is_offered_and_not_chosen():
    article("Burgemeester")

    results = find("burgermaster", user=ANYBODY)

    assert (results.count, results.instead, results.correction) == (0, "", "burgemeester")


def test_synonyms_count_from_the_next_question_on_and_stop_when_they_are_gone():
    article("Gesprek met een imam")
    assert found("voorganger", ANYBODY) == []

    group = Synonym.objects.create(words="voorganger\nimam\ngeestelijk leider")
    assert found("voorganger", ANYBODY) == found("geestelijk leider", ANYBODY)
    assert found("voorganger", ANYBODY) == ["Gesprek met een imam"]

    group.delete()
    assert found("voorganger", ANYBODY) == []


def test_facets_count_what_each_choice_leaves():
    demodam, youth = MunicipalityFactory(), theme("Jeugd")
    page = article("Zorg om jeugd", municipality=demodam)
    page.themes.add(youth)
    page.save()
    help_card("Zorg en hulp")
    help_card("Nog meer zorg")

    results = find("zorg", user=ANYBODY, filters=Filters(kinds=frozenset(["artikel"])))
    counted = {
        facet.name: {choice.label: choice.count for choice in facet.choices}
        for facet in results.facets
    }

    assert results.count == 1
    assert counted["soort"] == {"Hulpkaart": 2, "Artikel": 1}


def test_years_are_counted_newest_first_and_can_be_chosen():
    news = news_index()
    for title, day in (("Zorg eerst", "2021-05-01"), ("Zorg later", "2023-05-01")):
        item = news_item(title, below=news)
        type(item).objects.filter(pk=item.pk).update(content_changed_on=day)
        item.refresh_from_db()
        item.save()

    results = find("zorg", user=ANYBODY)
    years = next(facet for facet in results.facets if facet.name == "jaar").choices
    assert [(choice.value, choice.label, choice.count) for choice in years] == [
        ("2023", "2023", 1),
        ("2021", "2021", 1),
    ]
    assert found("zorg", ANYBODY, filters=Filters(years=frozenset(["2021"]))) == ["Zorg eerst"]
    assert found("zorg", ANYBODY, filters=Filters(years=frozenset(["1999"]))) == []


def test_a_theme_counts_for_the_theme_it_is_part_of():
    page = article("Zorg om jeugd")
    page.themes.add(theme("School", parent=theme("Jeugd")))
    page.save()
    article("Zorg")

    assert found("zorg", ANYBODY, filters=Filters(themes=frozenset(["jeugd"]))) == ["Zorg om jeugd"]


def test_a_municipality_keeps_its_entries_when_it_is_renamed():
    place = MunicipalityFactory()
    article("Zorg", municipality=place)
    place.name = "Demohaven"
    place.save()

    chosen = Filters(municipalities=frozenset(["demodam"]))
    choice = find("zorg", user=ANYBODY, filters=chosen).facets[0].choices[0]

    assert (choice.label, choice.count) == ("Demohaven", 1)


def test_newest_first_is_an_order_of_its_own():
    news = news_index()
    item = news_item("Zorg eerder", below=news)
    type(item).objects.filter(pk=item.pk).update(content_changed_on="2020-01-01")
    item.refresh_from_db()
    item.save()
    newer = news_item("Wij zeggen iets over zorg", below=news)
    type(newer).objects.filter(pk=newer.pk).update(content_changed_on="2026-01-01")
    newer.refresh_from_db()
    newer.save()

    assert found("zorg", ANYBODY, filters=Filters(newest_first=True))[0] == newer.title
    assert found("zorg", ANYBODY)[0] == item.title


def test_suggestions_are_titles_that_begin_so_shortest_first():
    article("Draaiboeken voor beginners")
    article("Draaien")

    assert suggestions("draai", user=ANYBODY) == ["Draaien", "Draaiboeken voor beginners"]
    assert suggestions("dr", user=ANYBODY) == []


def test_a_training_and_a_word_are_found_with_their_own_kind():
    module("Gesprekken voeren")
    word("gesprek")
    reader = UserFactory(roles=["professional"])

    assert {hit.kind for hit in find("gesprek", user=reader).hits} == {Kind.MODULE, Kind.WORD}


def test_results_come_in_pages_and_beyond_the_last_is_the_last():
    for number in range(12):
        article(f"Zorg {number}")

    assert len(find("zorg", user=ANYBODY, page=2).hits) == 2
    assert find("zorg", user=ANYBODY, page=99).page == 2


def test_the_number_of_questions_to_the_database_does_not_grow(django_assert_num_queries):
    reader = UserFactory(roles=["professional"])
    article("Zorg eerst")
    find("zorg", user=reader)
    with CaptureQueriesContext(connection) as few:
        find("zorg", user=reader)
    for number in range(15):
        article(f"Zorg {number}", below=closed_library() if number == 5 else library())

    with django_assert_num_queries(len(few)):
        find("zorg", user=reader)


@pytest.mark.parametrize(
    "text", ["", " ", '"', "-", '""', "-zorg", "*", "' OR 1=1", "🙂", "a" * 9999]
)
def test_odd_questions_find_nothing_and_break_nothing(text):
    article("Zorg")

    assert find(text, user=ANYBODY).count == 0


def test_a_title_with_markup_is_shown_as_text():
    article("Zorg <script>alert(1)</script>", body=[text("Zorg &lt;b&gt; vet.")])

    hit = find("zorg", user=ANYBODY).hits[0]

    assert hit.title == "<mark>Zorg</mark> &lt;script&gt;alert(1)&lt;/script&gt;"
    assert "<b>" not in hit.passage
