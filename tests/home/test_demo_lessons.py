"""What a learner may count on: a few goals, fair questions and an answer to every choice."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.blocks import StreamBlock

from home.demo.pages import question
from knowledge.training.blocks import question_blocks
from tests.home.demo_texts import DemoText, texts_of_kind

MODULES = texts_of_kind("training_module")
QUESTIONS = [
    (f"{module.fields['code']}.{place}", question)
    for module in MODULES
    for place, question in enumerate(module.fields["questions"], start=1)
]
each_module = pytest.mark.parametrize("module", MODULES, ids=[text.name for text in MODULES])


def each_question_of(kind: str) -> pytest.MarkDecorator:
    """Runs a test for every question of one kind, named like `M3.2`."""
    chosen = [(name, question) for name, question in QUESTIONS if question["kind"] == kind]
    names, questions = zip(*chosen, strict=True)
    return pytest.mark.parametrize("question", questions, ids=names)


def test_there_are_eight_modules_in_order() -> None:
    assert [module.fields["code"] for module in MODULES] == [f"M{n}" for n in range(1, 9)]


@each_module
def test_a_module_fits_in_an_hour_and_has_three_or_four_goals(module: DemoText) -> None:
    assert 15 <= module.fields["minutes"] <= 60
    assert 3 <= len(module.fields["goals"]) <= 4
    assert module.fields["title"].startswith(f"{module.fields['code']} ")
    assert module.fields["audience"] == "network"


@each_module
def test_a_module_asks_at_least_six_questions_one_of_them_open(
    module: DemoText,
) -> None:
    kinds = [question["kind"] for question in module.fields["questions"]]
    assert len(kinds) >= 6
    assert {"choice", "open"} < set(kinds)
    assert len(set(kinds)) >= 4


def test_the_modules_use_every_kind_of_exercise() -> None:
    kinds = {question["kind"] for _name, question in QUESTIONS}
    assert kinds == {"choice", "open", "multiple", "ordering", "matching", "case", "scenario"}


@pytest.mark.parametrize("entry", [entry for _name, entry in QUESTIONS])
def test_an_exercise_is_one_that_an_editor_could_save(entry: dict[str, Any]) -> None:
    block = StreamBlock(question_blocks())
    block.clean(block.to_python([question(entry)]))


@each_question_of("choice")
def test_a_choice_has_one_right_answer_and_feedback_on_each(
    question: dict[str, Any],
) -> None:
    answers = question["answers"]
    assert len(answers) >= 2
    assert [answer["right"] for answer in answers].count(True) == 1
    assert all(len(answer["feedback"]) > 20 for answer in answers)
    assert len({answer["text"] for answer in answers}) == len(answers)


@each_question_of("open")
def test_an_open_question_has_a_model_answer_and_nothing_to_tick(
    question: dict[str, Any],
) -> None:
    assert question["answers"] == []
    assert len(question["model_answer"].split()) >= 15


def test_the_right_answer_is_not_always_in_the_same_place() -> None:
    places = {
        [answer["right"] for answer in question["answers"]].index(True)
        for _, question in QUESTIONS
        if question["kind"] == "choice"
    }
    assert places == {0, 1, 2}
