"""What can be found, who may find it, and words that mean the same."""

from search.models.access_keys import AccessKey
from search.models.changes import Change
from search.models.documents import DocumentText
from search.models.entries import Kind, SearchEntry
from search.models.synonyms import Synonym
from search.models.words import Word

__all__ = ["AccessKey", "Change", "DocumentText", "Kind", "SearchEntry", "Synonym", "Word"]
