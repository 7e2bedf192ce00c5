"""From text to the tokens that stand in the index: the same for a page and for a question.

Everything happens here, in Python, so that SQLite and PostgreSQL find the same (decision 0007).
"""

from search.analysis.languages import Analyser, analyser_for, use_exceptions
from search.analysis.words import fold, words_of

__all__ = ["Analyser", "analyser_for", "fold", "use_exceptions", "words_of"]
