"""A real search node of its own for a test."""

import os
from uuid import uuid4

from search import changes
from search.elastic.connection import BREAKER, send
from search.elastic.sending import rebuild, send_waiting
from search.models import Change


def use_node(settings, monkeypatch):
    """Search in an index of this test, told of every change at once; gives what takes it away."""
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.SEARCH_ENGINE_URLS = [f"http://127.0.0.1:{os.environ['SEARCH_TEST_PORT']}"]
    settings.SEARCH_INDEX = f"test{uuid4().hex[:12]}"
    settings.SEARCH_REPLICAS = 0
    settings.SEARCH_TIMEOUT = 10.0
    monkeypatch.setattr(changes, "tell", send_waiting)
    monkeypatch.setattr(changes, "after_commit", lambda deed: deed())
    BREAKER.reset()
    rebuild()

    def take_away():
        BREAKER.reset()
        for name in send("GET", f"/{settings.SEARCH_INDEX}-*"):
            send("DELETE", f"/{name}", timeout=30)

    return take_away


def lose_the_journal(monkeypatch):
    """From now on the node hears of nothing, and nothing remembers that it did not."""
    monkeypatch.setattr(changes, "tell", lambda: Change.objects.all().delete())
