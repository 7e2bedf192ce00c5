"""The rules of a language, from words to tokens."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from search.analysis.compounds import parts_of
from search.analysis.lemmas import is_word, lemma_of
from search.analysis.lists import exceptions, put_in_force, stop_words
from search.analysis.words import fold, words_of


@dataclass(frozen=True)
class Analyser:
    """Tokens for one language, ``nl`` or ``en``."""

    language: str

    def lemma(self, word: str) -> str:
        """The one token under which a word is looked for."""
        return self.tokens(word)[0]

    def tokens(self, word: str) -> tuple[str, ...]:
        """The tokens under which a word can be found: its lemma, then the parts it is made of."""
        return _tokens(word.lower(), self.language)

    def parts(self, word: str) -> tuple[str, ...]:
        """Only the parts of a compound; none when the word is not made of others."""
        return self.tokens(word)[1:]

    def is_stop_word(self, word: str) -> bool:
        """Whether a word is too common to be asked for."""
        return fold(word) in stop_words(self.language)

    def words(self, text: str) -> list[str]:
        """The words of a text without stop words; all of them when there are no others."""
        every = words_of(text)
        return [word for word in every if not self.is_stop_word(word)] or every

    def analyse(self, text: str) -> list[str]:
        """Every token of a text, in its order, without stop words."""
        return [
            token
            for word in words_of(text)
            if not self.is_stop_word(word)
            for token in self.tokens(word)
            if token
        ]

    def lemmas(self, text: str) -> list[str]:
        """The same without the parts of compounds."""
        return [token for word in self.words(text) if (token := self.lemma(word))]


@lru_cache(maxsize=20_000)
def _tokens(word: str, language: str) -> tuple[str, ...]:
    plain = fold(word)
    if plain in exceptions(language):
        return exceptions(language)[plain]
    if not plain.isalpha() or len(plain) < 3:
        return (plain,)
    lemma = lemma_of(word, language)
    if fold(lemma) in exceptions(language):
        return exceptions(language)[fold(lemma)]
    pieces = parts_of(lemma) if language == "nl" else ()
    if pieces and not is_word(lemma, language):  # a compound bends in its last part
        lemma = lemma.removesuffix(pieces[-1]) + _token(pieces[-1], language)
    return tuple(dict.fromkeys([fold(lemma), *(_token(piece, language) for piece in pieces)]))


def _token(piece: str, language: str) -> str:
    """The lemma of a part of a compound."""
    known = exceptions(language).get(fold(piece))
    return known[0] if known else fold(lemma_of(piece, language))


def analyser_for(language: str) -> Analyser:
    """The rules of a language code; Dutch for a language that has none of its own."""
    return Analyser("en" if language == "en" else "nl")


def use_exceptions(language: str, own: Mapping[str, tuple[str, ...]]) -> bool:
    """Let editors' exceptions count from now on in this process; says whether that changed any."""
    if not put_in_force(language, own):
        return False
    _tokens.cache_clear()
    parts_of.cache_clear()
    return True
