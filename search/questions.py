"""What a visitor typed, as data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from search.analysis import Analyser, analyser_for, words_of
from search.analysis.words import literal

LONGEST = 200  # letters; the rest is not read
MOST_WORDS = 12
PIECES = re.compile(r'(-?)"([^"]*)"?|(?<!\S)-(?=\w)(\S+)|([^\s"]+)')
Alternative = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """One thing asked for: any alternative will do, and of an alternative all tokens."""

    alternatives: tuple[Alternative, ...]

    @property
    def tokens(self) -> frozenset[str]:
        """Every token that counts as this term."""
        return frozenset(token for one in self.alternatives for token in one)


@dataclass(frozen=True)
class Question:
    """The parts of a question."""

    text: str
    language: str
    terms: tuple[Term, ...] = ()
    phrases: tuple[str, ...] = ()
    unwanted: tuple[Term, ...] = ()
    unwanted_phrases: tuple[str, ...] = ()
    words: tuple[str, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for; what is not wanted alone is no question."""
        return not (self.terms or self.phrases)

    @property
    def tokens(self) -> frozenset[str]:
        """Every token to highlight."""
        phrases = (word for phrase in self.phrases for word in phrase.split())
        analyser = analyser_for(self.language)
        return frozenset(token for term in self.terms for token in term.tokens) | {
            analyser.lemma(word) for word in phrases
        }


def parse(text: str, language: str, synonyms: Sequence[Sequence[Alternative]] = ()) -> Question:
    """A question out of what was typed: words, "phrases in quotes" and words to -leave out.

    Args:
        text: Anything at all; what can't be searched for is left out.
        language: ``nl`` or ``en``.
        synonyms: Groups of analysed expressions that mean the same.
    """
    analyser = analyser_for(language)
    words: list[str] = []
    unwanted: list[str] = []
    phrases: dict[bool, list[str]] = {True: [], False: []}
    for minus, phrase, minus_word, word in PIECES.findall(text[:LONGEST]):
        if words_of(phrase):
            phrases[bool(minus)].append(literal(phrase))
        (unwanted if minus_word else words).extend(words_of(minus_word or word))
    asked = [word for word in words if not analyser.is_stop_word(word)] or words
    return Question(
        text=text[:LONGEST].strip(),
        language=language,
        terms=tuple(terms_of(asked[:MOST_WORDS], analyser, synonyms)),
        phrases=tuple(filter(None, phrases[False][:MOST_WORDS])),
        unwanted=tuple(Term(((analyser.lemma(word),),)) for word in unwanted[:MOST_WORDS]),
        unwanted_phrases=tuple(filter(None, phrases[True][:MOST_WORDS])),
        words=tuple(words[:MOST_WORDS]),
    )


def terms_of(
    words: Sequence[str], analyser: Analyser, synonyms: Sequence[Sequence[Alternative]]
) -> list[Term]:
    """A term for each word, or for several words that are one expression of a synonym group."""
    lemmas = [lemma for lemma in map(analyser.lemma, words) if lemma]
    found: list[Term] = []
    at = 0
    while at < len(lemmas):
        length, group = longest_expression(lemmas, at, synonyms)
        own = tuple(lemmas[at : at + length])
        found.append(Term(tuple(dict.fromkeys([own, *group]))))
        at += length
    return list(dict.fromkeys(found))


def longest_expression(
    lemmas: Sequence[str], at: int, synonyms: Sequence[Sequence[Alternative]]
) -> tuple[int, list[Alternative]]:
    """How many words from ``at`` on are one known expression, and what else it is called."""
    best: tuple[int, list[Alternative]] = (1, [])
    for group in synonyms:
        for expression in group:
            length = len(expression)
            if tuple(lemmas[at : at + length]) != expression or length < best[0]:
                continue
            earlier = best[1] if length == best[0] else []
            best = (length, [*earlier, *group])
    return best


def loosened(question: Question) -> Question:
    """The same question with each compound also as its parts: for when nothing was found."""
    analyser = analyser_for(question.language)
    terms = [
        Term(
            tuple(
                dict.fromkeys(
                    [*term.alternatives, *filter(None, map(analyser.parts, single(term)))]
                )
            )
        )
        for term in question.terms
    ]
    return Question(**{**question.__dict__, "terms": tuple(terms)})


def single(term: Term) -> list[str]:
    """The alternatives that are one word."""
    return [one[0] for one in term.alternatives if len(one) == 1]
