"""Articles."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from knowledge.library.models.knowledge import KnowledgePage


class ArticlePage(KnowledgePage):
    """A text that explains: an article, a fact sheet, a law, a case, a building block."""

    class Kind(models.TextChoices):
        """What the text is."""

        ARTICLE = "article", _("Article")
        FACTSHEET = "factsheet", _("Fact sheet")
        LAW = "law", _("Law and rules")
        CASE = "case", _("Practice example")
        BUILDING_BLOCK = "building_block", _("Building block")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ARTICLE)

    parent_page_types = ["knowledge_library.LibraryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/library/article_page.html"
    content_panels = [*KnowledgePage.content_panels, FieldPanel("kind")]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
