"""What somebody who looks for help may count on: who it is for, what it costs, when it was checked."""

from __future__ import annotations

import datetime
import re

import pytest

from knowledge.library.models.help_services import ForWhom, Topic
from knowledge.library.models.interventions import InterventionPage
from tests.home.demo_texts import DemoText, texts_of_kind

REALLY_EXISTING = {"33", "34", "35", "36", "37", "38", "41"}

CARDS = texts_of_kind("help_service")
INTERVENTIONS = texts_of_kind("intervention")
each_card = pytest.mark.parametrize("card", CARDS, ids=[text.name for text in CARDS])
each_intervention = pytest.mark.parametrize(
    "intervention", INTERVENTIONS, ids=[text.name for text in INTERVENTIONS]
)


@each_card
def test_a_card_says_for_whom_about_what_and_at_what_cost(card: DemoText) -> None:
    fields = card.fields
    assert set(fields["for_whom"]) <= set(ForWhom.values)
    assert fields["for_whom"]
    assert set(fields["topics"]) <= set(Topic.values)
    assert fields["topics"]
    assert all(fields[name] for name in ("phone_label", "hours", "cost", "languages"))
    assert isinstance(fields["anonymous"], bool)
    assert fields["audience"] == "public"


@each_card
def test_only_a_really_existing_service_has_a_number_or_a_website(
    card: DemoText,
) -> None:
    website = card.fields["website"]
    if card.key in REALLY_EXISTING:
        assert re.fullmatch(r"https://[a-z.]+", website)
    else:
        assert (card.fields["phone"], website) == ("", "")
        assert "verzonnen" in card.body


@each_card
def test_a_card_was_checked_recently(card: DemoText) -> None:
    checked_on = card.fields["checked_on"]
    assert datetime.date(2026, 10, 1) <= checked_on <= datetime.date(2026, 11, 30)


def test_every_group_and_every_topic_leads_to_a_card() -> None:
    assert {group for card in CARDS for group in card.fields["for_whom"]} == set(ForWhom.values)
    assert {topic for card in CARDS for topic in card.fields["topics"]} == set(Topic.values)


@each_intervention
def test_an_intervention_is_honest_about_its_evidence(intervention: DemoText) -> None:
    fields = intervention.fields
    assert fields["evidence"] in InterventionPage.Evidence.values
    assert fields["evidence"] in intervention.body
    assert all(fields[name] for name in ("target_group", "goal", "phase", "duration", "cost"))
    assert fields["checked_on"] < fields["review_on"]
