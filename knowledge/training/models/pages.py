"""Training as pages, in the same editor and search as the knowledge base."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from knowledge.library.models import KnowledgePage
from knowledge.training.blocks import question_blocks
from portal.accounts.roles import Permission
from portal.pages.fields import BodyField
from portal.pages.models import PortalPage

EDITING = (Permission.TRAINING_WORK, Permission.TRAINING_APPROVE)


class TrainingIndexPage(PortalPage):
    """All modules that this visitor may read."""

    editing = EDITING
    body_fields: ClassVar[tuple[str, ...]] = ()
    subpage_types = [
        "knowledge_training.ModulePage",
        "knowledge_training.TrainingIndexPage",
    ]
    template = "knowledge/training/training_index.html"
    content_panels = [*PortalPage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("list of training")
        verbose_name_plural = _("lists of training")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The modules in their order."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = ModulePage.objects.descendant_of(self).visible_to(request.user)
        context["modules"] = pages.defer("body", "related", "questions").order_by("number", "path")[
            :100
        ]
        return context


class ModulePage(KnowledgePage):
    """One module: what you learn, a text with cases, and questions to check yourself."""

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

    parent_page_types = ["knowledge_training.TrainingIndexPage"]
    subpage_types: ClassVar[list[str]] = []
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
