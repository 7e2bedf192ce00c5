"""What a visit weighs, on the wire (frontend.md: budgets)."""

import brotli
import pytest

from tests.journeys.page_types import PAGES

KILOBYTE = 1000
# Whole works that are looked through and not read: every word, every component, every step.
LONG = {"glossary": 12, "gallery": 12, "runbook": 16}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_at_most_8_kilobytes(name, visitor):
    who, address = PAGES[name]

    size = smallest(visitor(who=who).request.get(address).body())

    assert size <= LONG.get(name, 8) * KILOBYTE


def test_the_first_visit_is_at_most_60_kilobytes(visitor):
    page = visitor(width=390)
    answers = []
    page.on("response", lambda answer: answers.append(answer))

    page.goto("/", wait_until="networkidle")

    # A server in front compresses what the portal itself does not, such as the page.
    sizes = {answer.url: smallest(answer.body()) for answer in answers}
    assert len(sizes) > 4
    assert sum(sizes.values()) <= 60 * KILOBYTE, sizes


def smallest(body):
    return min(len(body), len(brotli.compress(body)))
