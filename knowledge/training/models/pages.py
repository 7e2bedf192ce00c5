"""Modules, in the same editor and search as the knowledge base."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from knowledge.library.models import KnowledgePage
from knowledge.training.admin_forms import TrainingPageForm
from knowledge.training.blocks import question_blocks
from knowledge.training.models.querysets import ModuleManager
from knowledge.training.models.studying import module_context
from knowledge.training.policies import EDITING
from portal.pages.fields import BodyField


class ModulePage(KnowledgePage):
    """One module: what you learn, a text or lessons, and questions to check yourself."""

    editing = EDITING
    body_fields: ClassVar[tuple[str, ...]] = ("body",)

    code = models.CharField(_("code"), max_length=10, blank=True)
    number = models.PositiveSmallIntegerField(_("order"), default=0)
    goals = models.TextField(
        _("goals"), max_length=1000, blank=True, help_text=_("One goal on each line.")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    questions = BodyField(question_blocks(), blank=True, verbose_name=_("questions"))
    draw = models.PositiveSmallIntegerField(
        _("questions in one test"),
        default=0,
        help_text=_("Drawn at random from all questions. 0: all of them."),
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark in percent"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    attempts_a_day = models.PositiveSmallIntegerField(
        _("attempts in 24 hours"), default=3, validators=[MinValueValidator(1)]
    )
    valid_months = models.PositiveSmallIntegerField(
        _("certificate valid for months"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    requires = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("first this module"),
    )
    must_read = models.BooleanField(
        _("first read all lessons"),
        default=False,
        help_text=_(
            "The test begins when each lesson is read. Without questions, reading is enough."
        ),
    )
    must_attend = models.BooleanField(
        _("also attend in person"),
        default=False,
        help_text=_("The certificate comes when somebody was at an event that counts for it, too."),
    )

    objects = ModuleManager()
    base_form_class = TrainingPageForm
    has_test: bool  # in a light list, and on the page of the module

    parent_page_types = ["knowledge_training.TrainingIndexPage", "knowledge_training.CoursePage"]
    subpage_types = ["knowledge_training.LessonPage"]
    template = "knowledge/training/module_page.html"
    content_panels = [
        *KnowledgePage.content_panels[:3],
        FieldPanel("code"),
        FieldPanel("number"),
        FieldPanel("goals"),
        FieldPanel("minutes"),
        FieldPanel("for_whom"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("draw"), FieldPanel("pass_mark")]),
                FieldRowPanel([FieldPanel("attempts_a_day"), FieldPanel("valid_months")]),
                PageChooserPanel("requires", "knowledge_training.ModulePage"),
                FieldRowPanel([FieldPanel("must_read"), FieldPanel("must_attend")]),
            ],
            heading=_("Test and certificate"),
        ),
        FieldPanel("questions"),
        FieldPanel("related"),
    ]
    search_fields = [*KnowledgePage.search_fields, index.SearchField("goals")]

    class Meta:
        verbose_name = _("training module")
        verbose_name_plural = _("training modules")

    @property
    def goal_list(self) -> list[str]:
        """One text for each goal."""
        return [line.strip() for line in self.goals.splitlines() if line.strip()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The lessons with how far this learner is, and the modules beside it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(module_context(self, request))
        return context
