"""Wagtail's SQLite search, hardened (stack.md 0.1)."""

from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteSearchBackend as SearchBackend,
)

__all__ = ["SearchBackend"]
