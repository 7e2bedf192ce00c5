"""Which entries hold the words of a question: the only place that knows the database.

Both databases answer the same three things for each word: in the title, among what the entry is
about, anywhere. The order follows from that (``search.ranking``), so it is the same too.
"""

from types import ModuleType

from django.db import connection

from search.full_text import postgresql, sqlite


def full_text() -> ModuleType:
    """The module for the database in use: ``install``, ``holding``, ``stands``, ``starting``."""
    return postgresql if connection.vendor == "postgresql" else sqlite
