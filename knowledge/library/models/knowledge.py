"""What every page with knowledge shares."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from knowledge.library.models.glossary import terms_for
from portal.pages.blocks import body_blocks
from portal.pages.blocks.related import related_blocks
from portal.pages.fields import BodyField
from portal.pages.models import PortalPage
from portal.pages.reading import reading_context


class KnowledgePage(PortalPage):
    """An abstract page to read, with everything that stands around its text."""

    body = BodyField(body_blocks(), blank=True, verbose_name=_("text"))
    related = BodyField(
        related_blocks(), blank=True, max_num=6, verbose_name=_("related pages")
    )

    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("image"),
        FieldPanel("body"),
        FieldPanel("related"),
    ]
    search_fields = [*PortalPage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Contents, reading time, related pages, changes, and the words explained."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(reading_context(self, request))
        context["terms"] = terms_for(request)
        return context
