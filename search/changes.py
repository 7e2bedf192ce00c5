"""A journal of what an engine outside the database has still to be told.

A line is written in the transaction of the change itself, so nothing is forgotten when the engine
or this process stops. ``search.elastic.sending`` reads it.
"""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import transaction

from search.models import Change

listeners: list[Callable[[], object]] = []


def is_kept() -> bool:
    """Whether there is another engine to tell."""
    return settings.SEARCH_ENGINE != "database"


def note(sources: Iterable[str]) -> None:
    """Remember that the entries of these sources changed, and let it be told afterwards."""
    if not is_kept():
        return
    lines = [Change(source=source) for source in dict.fromkeys(sources)]
    if lines:
        Change.objects.bulk_create(lines, batch_size=500)
        after_commit(tell)


def after_commit(deed: Callable[[], object]) -> None:
    """Do something when the change is there to stay; its failing does not undo the change."""
    transaction.on_commit(deed, robust=True)


def tell() -> None:
    """Let whoever sends know that something waits; who published does not wait for it."""
    for listener in listeners:
        listener()
