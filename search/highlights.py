"""The piece of a text that shows best why it was found."""

from collections.abc import Iterator
from html import escape

from search.analysis import analyser_for
from search.analysis.words import WORD

WORDS_SHOWN = 30
WORDS_BEFORE = 6
MOST_BEFORE = 14


def marked(text: str, tokens: frozenset[str], language: str) -> str:
    """The whole text as HTML, with ``<mark>`` around each word that was asked for."""
    return _html(text, 0, len(text), [place for place, _found in _places(text, tokens, language)])


def passage(text: str, tokens: frozenset[str], language: str, *, otherwise: str = "") -> str:
    """Some thirty words of the text around what was asked for, as HTML with ``<mark>``.

    Args:
        text: Without mark-up.
        tokens: What was asked for, analysed.
        language: Whose rules the text follows.
        otherwise: What to show when the text holds none of it.
    """
    words = [match.span() for match in WORD.finditer(text)]
    places = list(_places(text, tokens, language))
    if not places:
        return escape(otherwise or _beginning(text, words))
    number = {span: count for count, span in enumerate(words)}
    start = _sentence(text, words, _best_start([(number[span], found) for span, found in places]))
    last = min(start + WORDS_SHOWN, len(words) - 1)
    begin, end = words[start][0], words[last][1]
    while end < len(text) and text[end] in ".,;:!?)’\"'":
        end += 1
    shown = [span for span, _found in places if begin <= span[0] < end]
    html = _html(text, begin, end, shown)
    return f"{'… ' if start else ''}{html}{' …' if end < len(text.rstrip()) else ''}"


def _places(
    text: str, tokens: frozenset[str], language: str
) -> Iterator[tuple[tuple[int, int], frozenset[str]]]:
    analyser = analyser_for(language)
    for match in WORD.finditer(text):
        if found := tokens.intersection(analyser.tokens(match.group())):
            yield match.span(), found


def _best_start(found: list[tuple[int, frozenset[str]]]) -> int:
    """The word at which the stretch begins that holds most of what was asked for."""
    best, most = found[0][0], 0
    for index, (start, _tokens) in enumerate(found):
        held: set[str] = set()
        for place, tokens in found[index:]:
            if place > start + WORDS_SHOWN - MOST_BEFORE:
                break
            held |= tokens
        if len(held) > most:
            best, most = start, len(held)
    return best


def _sentence(text: str, words: list[tuple[int, int]], at: int) -> int:
    """The word where the sentence of word ``at`` begins, when that is not far; else some before."""
    for start in range(at, max(0, at - MOST_BEFORE), -1):
        between = text[words[start - 1][1] : words[start][0]]
        if any(sign in between for sign in ".?!"):
            return start
    return max(0, at - WORDS_BEFORE) if at > MOST_BEFORE else 0


def _html(text: str, begin: int, end: int, spans: list[tuple[int, int]]) -> str:
    pieces, at = [], begin
    for start, stop in spans:
        pieces += [escape(text[at:start]), f"<mark>{escape(text[start:stop])}</mark>"]
        at = stop
    return "".join([*pieces, escape(text[at:end])])


def _beginning(text: str, words: list[tuple[int, int]]) -> str:
    if len(words) <= WORDS_SHOWN:
        return text
    return f"{text[: words[WORDS_SHOWN - 1][1]]} …"
