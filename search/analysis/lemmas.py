"""The dictionary form of a word, by simplemma."""

from functools import lru_cache

from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

# 5 MB for each language in place of 47: a look-up takes 3 microseconds, and words repeat.
_strategy = DefaultStrategy(low_memory=True)
STEPS = 3
# What people type without the accents that the dictionary has: moskeeen, categorieen.
BARE_ENDINGS = (("eeen", "eeën"), ("ieen", "ieën"), ("eele", "eële"), ("iele", "iële"))


def is_word(word: str, language: str) -> bool:
    """Whether the dictionary of ``language`` (``nl`` or ``en``) knows this form."""
    return word in LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(language)


@lru_cache(maxsize=20_000)
def lemma_of(word: str, language: str) -> str:
    """The form under which all inflections of a word meet; the word itself when unknown.

    The dictionary answers ``aangevraagd`` with ``aanvragen`` and that with ``aanvraag``; the
    question is repeated so that all three meet. It answers ``kaart`` with ``kaarten`` and the
    other way round: of such a ring the shortest word stands for all.
    """
    seen = [word]
    for _step in range(STEPS):
        found = _listed_form(seen[-1], language)
        if found in seen:
            return min(seen[seen.index(found) :], key=lambda form: (len(form), form))
        seen.append(found)
    return seen[-1]


def _listed_form(word: str, language: str) -> str:
    if language == "nl":
        word = _verb(_with_accents(word))
    found = _strategy.get_lemma(word, language) or word
    return found.replace("_", "").lower()  # listed as op_vangen, gemeente_raad


def _with_accents(word: str) -> str:
    for bare, marked in BARE_ENDINGS:
        spelled = word.removesuffix(bare) + marked
        if word.endswith(bare) and is_word(spelled, "nl") and not is_word(word, "nl"):
            return spelled
    return word


def _verb(word: str) -> str:
    """Radicalisering is what somebody does who radicalises: the verb stands for both."""
    verb = word.removesuffix("ing") + "en"
    return verb if word.endswith("isering") and is_word(verb, "nl") else word
