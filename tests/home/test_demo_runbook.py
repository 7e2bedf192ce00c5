"""The draaiboek Vrede as a team reads it under pressure: complete, in order, by function."""

from __future__ import annotations

import pytest

from tests.home.demo_texts import DemoText, all_texts

TEXTS = all_texts()
RUNBOOK = next(text for text in TEXTS if text.fields["kind"] == "runbook")
STEPS = [text for text in TEXTS if text.fields["kind"] == "runbook_step"]
each_step = pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])


def test_the_steps_follow_one_another_and_the_phases_hold_each_step_once() -> None:
    assert [step.fields["step"] for step in STEPS] == list(range(1, 9))
    by_phase = [
        (number, phase["code"]) for phase in RUNBOOK.fields["phases"] for number in phase["steps"]
    ]
    assert by_phase == [(step.fields["step"], step.fields["phase"]) for step in STEPS]


def test_the_runbook_says_what_it_is_for_when_to_use_it_and_that_protest_is_no_reason() -> None:
    assert RUNBOOK.fields["intro"] and RUNBOOK.fields["purpose"]
    assert "## Wanneer gebruikt u dit draaiboek?" in RUNBOOK.body
    assert "demonstratie is op zichzelf géén reden" in RUNBOOK.body
    assert {f"item:{step.fields['number']}" for step in STEPS} <= set(RUNBOOK.link_targets)


@each_step
def test_a_step_says_who_does_what_and_within_what_time(step: DemoText) -> None:
    assert step.fields["runbook"] == RUNBOOK.fields["slug"]
    assert step.fields["who"] and step.fields["when"]
    assert 5 <= step.fields["minutes"] <= 240
    assert 3 <= len(step.fields["checklist"]) <= 6


@each_step
def test_a_step_names_functions_to_call_and_never_a_person(step: DemoText) -> None:
    assert step.fields["contacts"]
    for contact in step.fields["contacts"]:
        assert set(contact) == {"function", "organisation", "phone"}
        assert contact["phone"].startswith("088 000 00 ")


@each_step
def test_a_step_brings_a_form_or_message_to_copy(step: DemoText) -> None:
    assert step.fields["template"]["title"]
    assert len(step.fields["template"]["text"].strip().splitlines()) >= 4


def test_step_4_is_found_by_netwerk_bevragen() -> None:
    step_4 = STEPS[3]
    assert "netwerk bevragen" in step_4.fields["title"].lower()
    assert "netwerk bevragen" in step_4.body.lower()
    assert "zonder uw naam" in step_4.fields["template"]["text"]
