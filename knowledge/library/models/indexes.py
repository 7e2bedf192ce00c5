"""The knowledge base itself."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from knowledge.library.models.articles import ArticlePage
from knowledge.library.models.interventions import InterventionPage
from knowledge.library.shelves import shelf_context
from portal.pages.models import PortalPage


class LibraryIndexPage(PortalPage):
    """Everything there is to read below it, by theme and kind.

    A closed part, such as what only the network reads, is a knowledge base inside this one: the
    privacy of that one page then holds for all of it.
    """

    body_fields: ClassVar[tuple[str, ...]] = ()
    subpage_types = [
        "knowledge_library.ArticlePage",
        "knowledge_library.InterventionPage",
        "knowledge_library.FlowPage",
        "knowledge_library.LibraryIndexPage",
    ]
    template = "knowledge/library/library_index.html"
    content_panels = [*PortalPage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("knowledge base")
        verbose_name_plural = _("knowledge bases")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of what this visitor may read, by the filters in the address."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(shelf_context(self, request, [ArticlePage, InterventionPage]))
        return context
