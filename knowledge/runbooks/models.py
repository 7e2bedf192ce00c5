"""Runbooks as pages; running one is another matter and takes a published version."""

from collections import Counter
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from knowledge.library.models import KnowledgePage
from knowledge.runbooks.blocks import PHASES, step_blocks
from knowledge.runbooks.steps import steps_of
from portal.accounts.roles import Permission
from portal.pages.fields import BodyField
from portal.pages.models import PortalPage
from portal.pages.reading import headings_of
from portal.pages.sections import Section, joined

EDITING = (Permission.RUNBOOKS_EDIT, Permission.RUNBOOKS_APPROVE)


class RunbookIndexPage(PortalPage):
    """All runbooks and help sheets that this visitor may read."""

    editing = EDITING
    body_fields: ClassVar[tuple[str, ...]] = ()
    subpage_types = [
        "knowledge_runbooks.RunbookPage",
        "knowledge_runbooks.HelpSheetPage",
        "knowledge_runbooks.RunbookIndexPage",
    ]
    template = "knowledge/runbooks/runbook_index.html"
    content_panels = [*PortalPage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("list of runbooks")
        verbose_name_plural = _("lists of runbooks")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Runbooks and help sheets by title."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        for name, model in (("runbooks", RunbookPage), ("sheets", HelpSheetPage)):
            pages = model.objects.descendant_of(self).visible_to(request.user)
            context[name] = pages.defer("body", "related").order_by("title")[:100]
        return context


class RunbookPage(KnowledgePage):
    """One runbook: when to use it, and its steps in four phases (domain.md 1.10)."""

    editing = EDITING
    body_fields: ClassVar[tuple[str, ...]] = ("body", "steps")

    purpose = models.TextField(_("purpose"), max_length=600, blank=True)
    intro = models.TextField(_("introduction"), max_length=600, blank=True)
    steps = BodyField(step_blocks(), blank=True, verbose_name=_("steps"))

    parent_page_types = ["knowledge_runbooks.RunbookIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/runbooks/runbook_page.html"
    content_panels = [
        *KnowledgePage.content_panels[:3],
        FieldPanel("intro"),
        FieldPanel("purpose"),
        FieldPanel("body"),
        FieldPanel("steps"),
        FieldPanel("related"),
    ]
    search_fields = [*KnowledgePage.search_fields, index.SearchField("steps")]

    class Meta:
        verbose_name = _("runbook")
        verbose_name_plural = _("runbooks")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The steps by phase; ``?rol=`` marks those of one function."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        steps = steps_of(self.steps)
        functions = Counter(step.who for step in steps if step.who)
        chosen = request.GET.get("rol", "")
        context["function"] = chosen if chosen in functions else ""
        context["functions"] = sorted(functions)
        context["runbook_steps"] = steps
        context["phases"] = [
            (code, label, [step for step in steps if step.phase == code]) for code, label in PHASES
        ]
        context["contents"] = headings_of(self.body)
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """May be kept on the reader's own device, for when the network is gone."""
        return readable_offline(request, super().serve(request, *args, **kwargs))

    def html_for_print(self, request: HttpRequest) -> str:
        """Introduction, then every step in full."""
        steps = steps_of(self.steps)
        context = {"request": request, "page": self, "runbook_steps": steps}
        return super().html_for_print(request) + render_to_string(
            "knowledge/runbooks/steps_on_paper.html", context
        )

    def searchable_sections(self) -> list[Section]:
        """The runbook, and every step apart so that search leads straight to it."""
        page, *rest = super().searchable_sections()
        return [
            Section("page", "", joined([self.intro, self.purpose, page.text])),
            *(
                Section("step", step.heading, step.text, anchor=step.anchor)
                for step in steps_of(self.steps)
            ),
            *rest,
        ]


class HelpSheetPage(KnowledgePage):
    """A sheet to keep beside a runbook."""

    editing = EDITING

    parent_page_types = ["knowledge_runbooks.RunbookIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/runbooks/help_sheet_page.html"

    class Meta:
        verbose_name = _("help sheet")
        verbose_name_plural = _("help sheets")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """May be kept on the reader's own device, for when the network is gone."""
        return readable_offline(request, super().serve(request, *args, **kwargs))


def readable_offline(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell the service worker that it may keep the page; never a cache between."""
    if not getattr(request, "is_preview", False):
        response["X-Offline"] = "ja"
    if request.user.is_authenticated:
        patch_cache_control(response, private=True)
    return response
