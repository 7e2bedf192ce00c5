"""The list of training."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from knowledge.training.models.courses import CoursePage
from knowledge.training.models.pages import ModulePage
from knowledge.training.policies import EDITING
from portal.pages.models import PortalPage
from portal.pages.visibility import inside_q

MOST = 100


class TrainingIndexPage(PortalPage):
    """All courses that this visitor may read, and the modules that stand by themselves."""

    editing = EDITING
    body_fields: ClassVar[tuple[str, ...]] = ()
    subpage_types = [
        "knowledge_training.CoursePage",
        "knowledge_training.ModulePage",
        "knowledge_training.TrainingIndexPage",
    ]
    template = "knowledge/training/training_index.html"
    content_panels = [*PortalPage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("list of training")
        verbose_name_plural = _("lists of training")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The courses and the modules in their order."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        courses = list(
            CoursePage.objects.descendant_of(self)
            .visible_to(request.user)
            .defer("body", "related")
            .order_by("path")[:MOST]
        )
        alone = ~inside_q([course.path for course in courses])
        modules = ModulePage.objects.descendant_of(self).visible_to(request.user).filter(alone)
        context["courses"] = courses
        context["modules"] = modules.light()[:MOST]
        return context
