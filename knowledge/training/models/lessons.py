"""Lessons: a short text of its own, or an article of the knowledge base that is shown again."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel

from knowledge.library.models import ArticlePage, KnowledgePage
from knowledge.training.models.studying import lesson_context
from knowledge.training.policies import EDITING
from portal.pages.reading import headings_of
from portal.pages.visibility import can_read_path


class LessonPage(KnowledgePage):
    """One step of a module.

    An article is shown, never copied: whoever may not read it there does not read it here, and
    its words stay findable in one place.
    """

    editing = EDITING
    body_fields: ClassVar[tuple[str, ...]] = ("body",)

    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    article = models.ForeignKey(
        ArticlePage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("article of the knowledge base"),
        help_text=_("Shown below the own text of the lesson, as it stands there today."),
    )

    parent_page_types = ["knowledge_training.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/training/lesson_page.html"
    content_panels = [
        *KnowledgePage.content_panels[:3],
        FieldPanel("minutes"),
        FieldPanel("body"),
        PageChooserPanel("article", "knowledge_library.ArticlePage"),
        FieldPanel("related"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @property
    def module_path(self) -> str:
        """The place in the tree of the module that it belongs to."""
        return str(self.path[: -self.steplen])

    @property
    def changed_on(self) -> date | None:
        """When what it says changed last: the own text, or the article."""
        days = [self.content_changed_on, self.article and self.article.content_changed_on]
        return max((day for day in days if day), default=None)

    @property
    def streams(self) -> list[Any]:
        """The own text, and that of the article."""
        return [self.body, *([self.article.body] if self.article else [])]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The article with its headings, the other lessons, and where to go on."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(lesson_context(self, request))
        context["minutes"] = self.minutes
        if context["article"]:
            context["contents"] = [*context["contents"], *headings_of(context["article"].body)]
        return context

    def article_for(self, request: HttpRequest) -> ArticlePage | None:
        """The article, when it is published and this visitor may read it where it stands."""
        article = self.article
        if article and article.live and can_read_path(request.user, article.path):
            return article
        return None

    def html_for_print(self, request: HttpRequest) -> str:
        """Both texts as far as this visitor may read them, for paper."""
        html = super().html_for_print(request)
        article = self.article_for(request)
        return html + (article.html_for_print(request) if article else "")
