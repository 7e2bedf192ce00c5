"""Every kind of exercise is judged fairly, and mixed in the same way for the same seed."""

import pytest
from wagtail.blocks import StreamBlock, StructBlockValidationError

from knowledge.training.blocks import ScenarioBlock, question_blocks
from knowledge.training.exercises import Exercise, drawn, judge, score_of
from knowledge.training.forms.answers import FORMS
from tests.factories import training
from tests.factories.training import ALL_KINDS, form_data, given

BLOCK = StreamBlock(question_blocks())


def exercise_of(make, seed=7):
    name, value = make()
    child = BLOCK.to_python([{"type": name, "value": value, "id": "a1"}])[0]
    return Exercise("a1", child.block_type, child.value, seed)


@pytest.mark.parametrize("make", ALL_KINDS)
def test_a_right_answer_gets_all_points_and_a_wrong_one_not(make):
    one = exercise_of(make)

    assert judge(one, given(one, right=True)).points == 100
    assert judge(one, given(one, right=False)).points == 0


def test_the_kinds_are_told_apart():
    assert [exercise_of(make).form for make in ALL_KINDS] == [
        "single", "multiple", "open", "ordering", "matching", "case", "scenario",
    ]  # fmt: skip


def test_half_an_order_gets_a_share_of_the_points():
    assert judge(exercise_of(training.ordering), [0, 2, 1]).points == 33


def test_every_answer_that_was_chosen_gets_its_own_feedback():
    notes = [line.note for line in judge(exercise_of(training.choice), [2]).lines]

    assert "Uitleg 2" in notes


def test_two_steps_cannot_have_the_same_number():
    one = exercise_of(training.ordering)
    form = FORMS["ordering"]({"place-0": 1, "place-1": 1, "place-2": 2}, exercise=one)

    assert not form.is_valid()


def test_an_answer_that_does_not_exist_is_refused():
    one = exercise_of(training.choice)

    for text in ("9", "-1", "x", ""):
        assert not FORMS["single"]({"answer": text}, exercise=one).is_valid()


def test_an_open_answer_with_somebodys_address_is_refused():
    one = exercise_of(training.open_question)

    assert not FORMS["open"]({"text": "Mail jan@voorbeeld.nl"}, exercise=one).is_valid()
    assert FORMS["open"](form_data(one)[0], exercise=one).is_valid()


def test_the_same_seed_asks_the_same_in_the_same_order():
    keys = [f"q{number}" for number in range(20)]

    assert drawn(keys, number=6, seed=3) == drawn(keys, number=6, seed=3)
    assert drawn(keys, number=6, seed=3) != drawn(keys, number=6, seed=4)
    assert len(set(drawn(keys, number=6, seed=3))) == 6
    assert sorted(drawn(keys, number=0, seed=3)) == sorted(keys)


@pytest.mark.parametrize("seed", range(12))
def test_a_test_draws_as_many_questions_of_each_pool(seed):
    pools = {f"k{n}": "feiten" if n < 8 else "gesprek" if n < 10 else "delen" for n in range(11)}

    def number_of_each(number):
        names = [pools[key] for key in drawn(list(pools), number=number, seed=seed, pools=pools)]
        return [names.count(name) for name in ("feiten", "gesprek", "delen")]

    assert number_of_each(3) == [1, 1, 1]
    assert number_of_each(6) == [3, 2, 1]
    assert number_of_each(0) == [8, 2, 1]


def test_what_was_not_answered_counts_as_nothing():
    assert score_of([100, 100], asked=3) == 66
    assert score_of([], asked=0) == 0


def test_a_scenario_that_walks_in_circles_is_refused():
    block = ScenarioBlock()
    _name, value = training.scenario()
    value["scenes"][0]["choices"][0]["goto"] = "begin"

    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python(value))
