"""What we know: articles, interventions, help, words, and one flow of questions."""

from knowledge.library.models.articles import ArticlePage
from knowledge.library.models.feedback import Feedback
from knowledge.library.models.flows import FlowPage
from knowledge.library.models.glossary import GlossaryEntry
from knowledge.library.models.help_services import HelpIndexPage, HelpServicePage
from knowledge.library.models.indexes import LibraryIndexPage
from knowledge.library.models.interventions import InterventionPage
from knowledge.library.models.knowledge import KnowledgePage

__all__ = [
    "ArticlePage",
    "Feedback",
    "FlowPage",
    "GlossaryEntry",
    "HelpIndexPage",
    "HelpServicePage",
    "InterventionPage",
    "KnowledgePage",
    "LibraryIndexPage",
]
