"""Words of the field, explained."""

from collections.abc import Sequence

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from portal.pages.memory import remembered
from portal.pages.terms import Term


class GlossaryEntry(
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    models.Model,
):
    """A word, the words people use for it, and what it means in one or two sentences."""

    term = models.CharField(_("word"), max_length=80)
    slug = models.SlugField(_("anchor"), max_length=80, unique=True)
    explanation = models.TextField(_("what it means"), max_length=500)
    synonyms = models.TextField(
        _("other words"),
        blank=True,
        max_length=500,
        help_text=_("One word or expression on each line."),
    )
    term_en = models.CharField(_("word in English"), max_length=80, blank=True)
    explanation_en = models.TextField(_("what it means, in English"), max_length=500, blank=True)
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="glossary")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="glossary",
    )

    panels = [
        FieldPanel("term"),
        FieldPanel("slug"),
        FieldPanel("explanation"),
        FieldPanel("synonyms"),
        FieldPanel("term_en"),
        FieldPanel("explanation_en"),
    ]

    class Meta:
        verbose_name = _("word explained")
        verbose_name_plural = _("words explained")
        ordering = ["term"]
        constraints = [
            models.UniqueConstraint(Lower("term"), name="glossary_entry_explains_a_word_once"),
        ]

    def __str__(self) -> str:
        return self.term

    @property
    def revisions(self) -> GenericRelation:
        """The versions, as Wagtail's snippets ask for them."""
        return self._revisions

    @property
    def spellings(self) -> list[str]:
        """The word and everything else it is called."""
        return [self.term, *filter(None, map(str.strip, self.synonyms.splitlines()))]

    def get_preview_template(self, request: object, mode_name: str) -> str:
        """The entry as it stands in the list of words."""
        return "knowledge/library/glossary_preview.html"


def terms_for(request: HttpRequest) -> Sequence[Term]:
    """The published words in the language of the page, longest spelling first."""
    language = "en" if get_language() == "en" else "nl"
    return remembered(f"terms:{language}", lambda: published_terms(language))


def published_terms(language: str) -> list[Term]:
    """The same, asked of the database. One query."""
    entries = GlossaryEntry.objects.filter(live=True)
    if language == "en":
        return [
            Term(entry.slug, entry.term_en, [entry.term_en], entry.explanation_en)
            for entry in entries
            if entry.term_en and entry.explanation_en
        ]
    return [Term(entry.slug, entry.term, entry.spellings, entry.explanation) for entry in entries]
