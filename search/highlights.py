"""The piece of a text that shows best why it was found."""

from collections.abc import Sequence
from functools import cache
from html import escape

from search.analysis import analyser_for
from search.analysis.words import WORD

WORDS_SHOWN = 30
WORDS_BEFORE = 6
MOST_BEFORE = 14
Place = tuple[int, frozenset[str]]


def marked(text: str, tokens: frozenset[str], language: str) -> str:
    """The whole text as HTML, with ``<mark>`` around each word that was asked for."""
    words = text.split()
    return _html(
        words, {number for number, _found in _places(words, tokens, language)}, tokens, language
    )


def passage(text: str, tokens: frozenset[str], language: str, *, otherwise: str = "") -> str:
    """Some thirty words of the text around what was asked for, as HTML with ``<mark>``.

    Args:
        text: Without mark-up.
        tokens: What was asked for, analysed.
        language: Whose rules the text follows.
        otherwise: What to show when the text holds none of it.
    """
    words = text.split()
    places = _places(words, tokens, language)
    if not places:
        return escape(otherwise or _beginning(words))
    start = _sentence(words, _best_start(places))
    end = start + WORDS_SHOWN + 1
    shown = {number - start for number, _found in places if start <= number < end}
    html = _html(words[start:end], shown, tokens, language)
    return f"{'… ' if start else ''}{html}{' …' if end < len(words) else ''}"


def _places(words: Sequence[str], tokens: frozenset[str], language: str) -> list[Place]:
    """The numbers of the words that were asked for, and as what."""
    spoken = _spoken(language).among(set(words), tokens)
    return [(number, spoken[word]) for number, word in enumerate(words) if word in spoken]


class Spoken:
    """Words as they stand in texts, such as ``(wijk-agent),``, by the tokens they say.

    The other way round than the analysis: a text of hundreds of words is then two operations on
    sets, not a question for each word.
    """

    MOST = 20_000  # words of one language that a process remembers; then it starts over

    def __init__(self, language: str) -> None:
        self.analyser = analyser_for(language)
        self.known: set[str] = set()
        self.by_token: dict[str, set[str]] = {}

    def among(self, words: set[str], tokens: frozenset[str]) -> dict[str, frozenset[str]]:
        """Those of ``words`` that say one of ``tokens``, each with the tokens it says."""
        if len(self.known) > self.MOST:
            self.known, self.by_token = set(), {}
        self.learn(words - self.known)
        found: dict[str, frozenset[str]] = {}
        for token in tokens:
            for word in self.by_token.get(token, set()) & words:
                found[word] = found.get(word, frozenset()) | {token}
        return found

    def learn(self, words: set[str]) -> None:
        """Analyse words that were not met before."""
        for word in words:
            for each in WORD.findall(word):
                for token in self.analyser.tokens(each):
                    self.by_token.setdefault(token, set()).add(word)
        self.known |= words


@cache
def _spoken(language: str) -> Spoken:
    return Spoken(language)


def forget() -> None:
    """The rules for words changed: what texts say is looked at anew."""
    _spoken.cache_clear()


def _best_start(found: Sequence[Place]) -> int:
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


def _sentence(words: Sequence[str], at: int) -> int:
    """The word where the sentence of word ``at`` begins, when that is not far; else some before."""
    for start in range(at, max(0, at - MOST_BEFORE), -1):
        if words[start - 1].endswith((".", "?", "!", ".”", ".’")):
            return start
    return max(0, at - WORDS_BEFORE) if at > MOST_BEFORE else 0


def _html(words: Sequence[str], asked: set[int], tokens: frozenset[str], language: str) -> str:
    """The words with marks; those between two marks are made safe together."""
    pieces, at = [], 0
    for number in sorted(asked):
        pieces += [escape(" ".join(words[at:number])), _with_marks(words[number], tokens, language)]
        at = number + 1
    return " ".join(filter(None, [*pieces, escape(" ".join(words[at:]))]))


def _with_marks(text: str, tokens: frozenset[str], language: str) -> str:
    pieces, at = [], 0
    for match in WORD.finditer(text):
        if tokens.isdisjoint(analyser_for(language).tokens(match.group())):
            continue
        pieces += [escape(text[at : match.start()]), f"<mark>{escape(match.group())}</mark>"]
        at = match.end()
    return "".join([*pieces, escape(text[at:])])


def _beginning(words: Sequence[str]) -> str:
    return f"{' '.join(words[:WORDS_SHOWN])}{' …' if len(words) > WORDS_SHOWN else ''}"
