"""What can be found, who may find it, and words that mean the same."""

from search.models.access_keys import AccessKey
from search.models.entries import Kind, SearchEntry
from search.models.synonyms import Synonym

__all__ = ["AccessKey", "Kind", "SearchEntry", "Synonym"]
