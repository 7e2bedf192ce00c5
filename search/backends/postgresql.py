"""Wagtail's PostgreSQL search for the lists of ``/beheer/``, for whatever is typed."""

from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend

from search.backends.typed import SafeQuestions


class SearchBackend(SafeQuestions, PostgresSearchBackend):
    """Stock, but no text is an error."""
