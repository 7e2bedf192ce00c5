"""Words explained where they first stand on a page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

SKIPPED = ("a", "button", "h1", "h2", "h3", "h4", "summary", "th", "svg", "form")
PIECES = re.compile(r"(<[^>]*>)")
TAG = re.compile(r"</?([a-zA-Z0-9]+)")


@dataclass(frozen=True)
class Term:
    """A word, how it may be spelled, and what it means."""

    slug: str
    word: str
    spellings: Sequence[str]
    explanation: str


class Explainer:
    """Marks the first occurrence of every term in a page's HTML.

    One object belongs to one page, so that a second block does not explain a word again.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = {spelling.casefold(): term for term in terms for spelling in term.spellings}
        self.pattern = pattern_for(tuple(self.terms)) if self.terms else None
        self.explained: set[str] = set()

    def explain(self, html: str) -> str:
        """``html`` with a button and its explanation at each word met for the first time."""
        if not self.pattern or not self.pattern.search(html):
            return html
        closed = 0
        pieces = PIECES.split(html)
        for number, piece in enumerate(pieces):
            if piece.startswith("<"):
                closed += skipping(piece)
            elif piece and not closed:
                pieces[number] = self.pattern.sub(self.mark, piece)
        return "".join(pieces)

    def mark(self, found: re.Match[str]) -> str:
        """The word as it stands there, with its explanation."""
        text = found.group(0)
        term = self.terms.get(text.casefold())
        if term is None or term.slug in self.explained:
            return text
        self.explained.add(term.slug)
        name = f"begrip-{escape(term.slug)}"
        return (
            f'<button type="button" class="portal-term" popovertarget="{name}">{text}'
            f'</button><span class="portal-term__text" id="{name}" popover>'
            f"<strong>{escape(term.word)}</strong>: {escape(term.explanation)}</span>"
        )


def skipping(tag: str) -> int:
    """1 when an element starts in which nothing is explained, -1 when it ends, else 0."""
    match = TAG.match(tag)
    if not match or match.group(1).lower() not in SKIPPED or tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1


@lru_cache(maxsize=8)
def pattern_for(spellings: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for every spelling, the longest first, at word borders."""
    longest_first = sorted(spellings, key=len, reverse=True)
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])",
        re.IGNORECASE,
    )
