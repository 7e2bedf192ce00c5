"""The synonyms in force, analysed."""

from portal.pages.memory import remembered
from search.analysis import analyser_for
from search.models import Synonym
from search.questions import Alternative


def synonyms_for(language: str) -> list[list[Alternative]]:
    """Each group as expressions of tokens. One query, until an editor changes one."""
    return remembered(f"synonyms:{language}", lambda: _asked(language))


def _asked(language: str) -> list[list[Alternative]]:
    analyser = analyser_for(language)
    groups = []
    for synonym in Synonym.objects.filter(language=language):
        analysed = (
            tuple(analyser.lemma(word) for word in analyser.words(expression))
            for expression in synonym.expressions
        )
        groups.append([expression for expression in analysed if expression])
    return groups
