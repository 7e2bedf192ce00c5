"""Addresses of the knowledge base beside its pages."""

from django.urls import URLPattern, URLResolver, path

from knowledge.library.views.comparing import compare
from knowledge.library.views.feedback import feedback, thanks
from knowledge.library.views.glossary import glossary
from knowledge.library.views.printing import as_pdf
from knowledge.library.views.promoting import promote_question

urlpatterns: list[URLPattern | URLResolver] = [
    path("kennisbank/begrippen/", glossary, name="knowledge_glossary"),
    path("kennisbank/vergelijken/", compare, name="knowledge_compare"),
    path("kennisbank/uit-vraag/<uuid:pk>/", promote_question, name="knowledge_promote"),
    path("<path:where>/pdf/", as_pdf, name="knowledge_pdf"),
    path("<path:where>/mening/", feedback, name="knowledge_feedback"),
    path("<path:where>/mening/bedankt/", thanks, name="knowledge_feedback_thanks"),
]
