"""The flow "Wat doe ik met mijn zorg?" and the glossary: nobody gets stuck or has to guess."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.home.demo_texts import all_texts, read_table

FLOW = read_table("flow.toml")
NODES: dict[str, dict[str, Any]] = {node["id"]: node for node in FLOW["nodes"]}
OUTCOMES = {"bel-112", "politie", "luisteren", "advies", "delen", "hulp", "geen-reden"}
TARGETS = {"/meldpunt/", "/hulp/", "tel:112", "tel:113", "tel:09008844", "tel:08007000"}
ENTRIES = read_table("glossary.toml")["entries"]


def outcomes_after(node_id: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """The outcomes that can be reached from a node. Fails when a path runs in a circle."""
    assert node_id not in seen, f"circle at {node_id}"
    node = NODES[node_id]
    if node["kind"] == "outcome":
        return {node_id}
    return set().union(*(outcomes_after(a["goto"], seen | {node_id}) for a in node["answers"]))


def test_every_path_ends_and_every_outcome_can_be_reached() -> None:
    assert len(NODES) == len(FLOW["nodes"])
    assert 8 <= len(NODES) <= 14
    assert outcomes_after(FLOW["start"]) == OUTCOMES
    gone_to = {answer["goto"] for node in NODES.values() for answer in node.get("answers", [])}
    assert gone_to | {FLOW["start"]} == set(NODES)


def test_danger_is_asked_first_and_doubt_leads_to_112() -> None:
    first = NODES[FLOW["start"]]
    assert first["answers"][0] == {"label": "Ja, of misschien wel", "goto": "bel-112"}


@pytest.mark.parametrize("question", ["gedrag", "spanning"])
def test_faith_protest_and_opinion_lead_to_no_report(question: str) -> None:
    goes_to = {answer["goto"]: answer["label"] for answer in NODES[question]["answers"]}
    assert re.search(r"protest", goes_to["geen-reden"])
    assert "mening" in goes_to["geen-reden"]


def test_who_does_not_know_is_helped_as_well() -> None:
    for question in ("gedrag", "spanning"):
        assert "advies" in {answer["goto"] for answer in NODES[question]["answers"]}


@pytest.mark.parametrize("node", FLOW["nodes"], ids=list(NODES))
def test_a_node_explains_itself_counts_nothing_and_links_to_what_exists(
    node: dict[str, Any],
) -> None:
    assert node["help"]
    if node["kind"] == "question":
        assert set(node) == {"id", "kind", "question", "help", "answers"}
        assert all(set(answer) == {"label", "goto"} for answer in node["answers"])
    else:
        assert set(node) == {"id", "kind", "outcome", "help", "links"}
        items = {f"item:{text.key}" for text in all_texts()}
        assert {link["target"] for link in node["links"]} <= items | TARGETS


def test_the_flow_sends_visitors_only_to_public_texts_unless_it_says_so() -> None:
    network_items = {f"item:{t.key}" for t in all_texts() if t.fields["audience"] == "network"}
    for link in (link for node in NODES.values() for link in node.get("links", [])):
        assert link["target"] not in network_items or link["label"].startswith("Voor professionals")


def test_the_glossary_has_thirty_words_or_more_each_once_and_in_order() -> None:
    terms = [entry["term"] for entry in ENTRIES]
    assert len(terms) >= 30
    assert terms == sorted(set(terms), key=str.lower)
    names = [name for entry in ENTRIES for name in [entry["term"], *entry.get("synonyms", [])]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["term"] for entry in ENTRIES])
def test_a_word_is_explained_in_one_or_two_short_sentences(
    entry: dict[str, Any],
) -> None:
    sentences = re.split(r"(?<=[.!?])\s+", entry["explanation"])
    assert 1 <= len(sentences) <= 2
    assert all(len(sentence.split()) <= 25 for sentence in sentences)


@pytest.mark.parametrize("number", [9, 10])
def test_articles_9_and_10_use_the_words_of_the_field(number: int) -> None:
    body = all_texts()[number].body.lower()
    used = {entry["term"] for entry in ENTRIES if entry["term"] in body}
    assert len(used) >= 6
