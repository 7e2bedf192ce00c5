"""What an editor types in a search box of ``/beheer/``, made safe for both databases.

Stock Wagtail answers a lone quote, a blank or a NUL byte with a server error (stack.md 0.1).
"""

import re
from typing import Any

from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery

LONGEST = 200
NOTHING = "\ufffd"  # a sign that is in no text: finds nothing, in an ordinary result list


def plain(text: str) -> str:
    """The words of ``text`` with one space between, in at most 200 characters."""
    return " ".join(re.findall(r"\w+", text[: 4 * LONGEST]))[:LONGEST].strip() or NOTHING


def safe(query: Any) -> Any:
    """The same question, text or made of Wagtail's own parts, with words only.

    Guesses and boosts become plain text: one of the two databases has no boost, and neither
    guesses within a second on thousands of pages (stack.md 4).
    """
    if isinstance(query, str):
        return plain(query)
    if isinstance(query, Phrase):
        return Phrase(plain(query.query_string))
    if isinstance(query, PlainText | Fuzzy):
        return PlainText(plain(query.query_string), operator=query.operator)
    if isinstance(query, And | Or):
        return type(query)([safe(part) for part in query.subqueries])
    if isinstance(query, Not):
        return Not(safe(query.subquery))
    return safe(query.subquery) if isinstance(query, Boost) else query


class SafeQuestions:
    """For a search backend: every question goes through ``safe`` first."""

    def _search(
        self,
        query_compiler_class: Any,
        query: str | SearchQuery,
        model_or_queryset: Any,
        **kwargs: Any,
    ) -> Any:
        return super()._search(  # type: ignore[misc]
            query_compiler_class, safe(query), model_or_queryset, **kwargs
        )
