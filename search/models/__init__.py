"""What can be found, who may find it, and words that mean the same."""

from search.models.access_keys import AccessKey
from search.models.best_bets import BestBet
from search.models.changes import Change
from search.models.documents import DocumentText
from search.models.entries import Kind, SearchEntry
from search.models.questions import AskedQuestion
from search.models.synonyms import Synonym
from search.models.word_rules import WordRule
from search.models.words import Word

__all__ = [
    "AccessKey",
    "AskedQuestion",
    "BestBet",
    "Change",
    "DocumentText",
    "Kind",
    "SearchEntry",
    "Synonym",
    "Word",
    "WordRule",
]
