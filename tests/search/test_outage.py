"""The search server goes away in the middle of a day, and nobody is turned away."""

import os

import pytest

from bench.outage import PATIENCE, a_day

SEARCHES = int(os.environ.get("SEARCH_OUTAGE_SEARCHES", "240"))  # 2000 for the whole proof


@pytest.mark.elasticsearch
@pytest.mark.sqlite
def test_a_server_that_hangs_dies_and_returns_is_noticed_by_nobody():
    day = a_day(SEARCHES, SEARCHES // 10)

    assert day.errors == [], str(day)
    assert day.limited > 0, "the node was never missed"
    assert day.not_found == [], str(day)
    assert day.catching_up < PATIENCE
    assert day.is_healthy, day.health
