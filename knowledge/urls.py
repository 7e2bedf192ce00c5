"""Addresses of the knowledge base beside its pages."""

from django.urls import URLPattern, URLResolver, path

from knowledge.library.views.comparing import compare
from knowledge.library.views.feedback import feedback, thanks
from knowledge.library.views.glossary import glossary
from knowledge.library.views.printing import as_pdf

urlpatterns: list[URLPattern | URLResolver] = [
    path("kennisbank/begrippen/", glossary, name="knowledge_glossary"),
    path("kennisbank/vergelijken/", compare, name="knowledge_compare"),
    path("<path:where>/pdf/", as_pdf, name="knowledge_pdf"),
    path("<path:where>/mening/", feedback, name="knowledge_feedback"),
    path("<path:where>/mening/bedankt/", thanks, name="knowledge_feedback_thanks"),
]
