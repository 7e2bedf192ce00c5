"""A flow of questions as editable data (domain.md 1.17)."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from knowledge.library.blocks import flow_blocks
from knowledge.library.flow import Flow, problems_of
from portal.pages.fields import BodyField
from portal.pages.models import PortalPage
from portal.pages.sections import Section, joined


class FlowPage(PortalPage):
    """Questions one at a time, each answer leading on, and the same as one text below."""

    body_fields: ClassVar[tuple[str, ...]] = ()

    intro = models.TextField(_("introduction"), max_length=500, blank=True)
    start = models.CharField(
        _("first question"),
        max_length=40,
        help_text=_("The short name of the question to begin with."),
    )
    nodes = BodyField(flow_blocks(), blank=True, verbose_name=_("questions and advice"))

    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/library/flow_page.html"
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("intro"),
        FieldPanel("start"),
        FieldPanel("nodes"),
    ]
    search_fields = [*PortalPage.search_fields, index.SearchField("nodes")]

    class Meta:
        verbose_name = _("flow of questions")
        verbose_name_plural = _("flows of questions")

    @property
    def flow(self) -> Flow:
        """The questions and outcomes as plain data."""
        return Flow.from_stream(self.start, self.nodes)

    def clean(self) -> None:
        """Refuse a flow in which a visitor gets stuck."""
        super().clean()
        if problems := problems_of(self.flow):
            raise ValidationError({"nodes": [ValidationError(one) for one in problems]})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The question that the answers in the address lead to."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(self.flow.walk_context(request.GET.getlist("a")))
        return context

    def searchable_sections(self) -> list[Section]:
        """The whole tree as text: every question, answer and advice."""
        text = joined([self.summary, self.intro, *self.flow.texts()])
        return [Section(kind="page", title="", text=text)]
