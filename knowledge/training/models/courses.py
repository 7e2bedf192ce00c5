"""Courses: modules that belong together, with for whom they are and what comes first."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page
from wagtail.search import index

from knowledge.library.models import KnowledgePage
from knowledge.training.admin_forms import TrainingPageForm
from knowledge.training.models.pages import ModulePage
from knowledge.training.models.studying import course_context
from knowledge.training.models.target_groups import TargetGroup
from knowledge.training.policies import EDITING
from portal.pages.fields import ChoiceListField, labels_of
from portal.pages.sections import Section, joined


class CoursePage(KnowledgePage):
    """A course. It has no test of its own: it is done when each of its modules is valid."""

    editing = EDITING
    body_fields: ClassVar[tuple[str, ...]] = ("body",)

    goals = models.TextField(
        _("what you get"), max_length=1000, blank=True, help_text=_("One thing on each line.")
    )
    target_groups = ChoiceListField(_("for whom"), choices=TargetGroup.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        null=True,
        blank=True,
        help_text=_("Empty: what its modules take together."),
    )
    requires = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("first this course or module"),
    )

    base_form_class = TrainingPageForm

    parent_page_types = ["knowledge_training.TrainingIndexPage"]
    subpage_types = ["knowledge_training.ModulePage"]
    template = "knowledge/training/course_page.html"
    content_panels = [
        *KnowledgePage.content_panels[:3],
        FieldPanel("goals"),
        FieldPanel("target_groups"),
        FieldPanel("minutes"),
        PageChooserPanel(
            "requires", ["knowledge_training.CoursePage", "knowledge_training.ModulePage"]
        ),
        FieldPanel("body"),
        FieldPanel("related"),
    ]
    search_fields = [*KnowledgePage.search_fields, index.SearchField("goals")]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The modules in their order, with how far this learner is."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(course_context(self, ModulePage, request))
        context["minutes"] = 0  # it is followed and not read; the duration says how long
        return context

    def searchable_sections(self) -> list[Section]:
        """The text, with what you get."""
        first, *rest = super().searchable_sections()
        text = joined([first.text, self.goals])
        return [Section(kind="page", title="", text=text), *rest]

    @property
    def goal_list(self) -> list[str]:
        """One text for each thing."""
        return [line.strip() for line in self.goals.splitlines() if line.strip()]

    @property
    def for_whom_labels(self) -> list[str]:
        """For whom, in words."""
        return labels_of(self.target_groups, TargetGroup.choices)
