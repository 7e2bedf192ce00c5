"""Walking through "what do I do with my worry?"."""

import pytest
from django.core.exceptions import ValidationError

from knowledge.library.flow import Answer, Flow, Node, problems_of
from tests.factories.knowledge import QUESTION, flow, outcome


def node(name, *goals):
    return Node(name, name, "", tuple(Answer(goal, goal) for goal in goals))


def of(*nodes, start="a"):
    return Flow(start, {one.name: one for one in nodes})


def test_a_flow_in_which_everybody_arrives_has_no_problems():
    assert problems_of(of(node("a", "b", "c"), node("b", "a", "c"), node("c"))) == []


@pytest.mark.parametrize(
    "broken",
    [
        of(node("a", "weg"), node("b")),
        of(node("a"), start="er-niet"),
        of(node("a", "b"), node("b"), node("los")),
        of(node("a", "b", "c"), node("b", "b"), node("c")),
        Flow("a", {"a": node("a")}, repeated=("a",)),
    ],
)
def test_a_flow_in_which_somebody_gets_stuck_is_refused(broken):
    assert problems_of(broken)


def test_answers_lead_on_and_every_step_leads_back():
    steps, here = of(node("a", "b", "c"), node("b", "d"), node("c"), node("d")).walk(["0", "0"])

    assert here.name == "d"
    assert [step.back for step in steps] == ["?", "?a=0"]


@pytest.mark.parametrize("answers", [["9"], ["-1"], ["x"], ["0", "0", "0"], ["²"], ["1" * 400]])
def test_a_broken_address_stops_at_the_last_question_it_reaches(answers):
    _steps, here = of(node("a", "b"), node("b")).walk(answers)

    assert here.name in ("a", "b")


@pytest.mark.django_db
def test_a_visitor_answers_one_question_at_a_time_without_script(client):
    page = flow()

    first = client.get(page.url).content.decode()
    last = client.get(f"{page.url}?a=1").content.decode()

    assert "Is er direct gevaar?" in first
    assert 'href="?a=0#vraag"' in first
    assert "Vraag advies</h2>" in last
    assert 'href="/meldpunt/"' in last


@pytest.mark.django_db
def test_the_whole_flow_also_stands_there_as_text(client):
    html = client.get(flow().url).content.decode()

    assert 'id="tekst-bel"' in html
    assert 'id="tekst-advies"' in html


@pytest.mark.django_db
def test_an_editor_can_not_save_a_flow_that_leads_nowhere():
    page = flow()
    page.nodes = [("question", QUESTION), outcome("bel", "Bel 112")]

    with pytest.raises(ValidationError, match="advies"):
        page.full_clean()


@pytest.mark.django_db
def test_search_finds_every_question_and_answer():
    (section,) = flow().searchable_sections()

    assert "Is er direct gevaar?" in section.text
    assert "Vraag advies" in section.text
