"""What every page with knowledge shares."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from knowledge.library.models.glossary import terms_for
from portal.pages.blocks import body_blocks
from portal.pages.blocks.related import related_blocks
from portal.pages.fields import BodyField
from portal.pages.links import known_links
from portal.pages.models import PortalPage
from portal.pages.reading import reading_context
from portal.pages.terms import Explainer


class KnowledgePage(PortalPage):
    """An abstract page to read, with everything that stands around its text."""

    body = BodyField(body_blocks(), blank=True, verbose_name=_("text"))
    related = BodyField(related_blocks(), blank=True, max_num=6, verbose_name=_("related pages"))

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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Contents, reading time, related pages, changes, and the words explained."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(reading_context(self, request))
        context["explainer"] = Explainer(terms_for(request))
        url = self.get_url(request) or "/"
        context["feedback_url"] = f"{url}mening/"
        context["pdf_url"] = f"{url}pdf/"
        context["page_address"] = settings.PORTAL_URL + url
        return context

    @property
    def streams(self) -> list[Any]:
        """What the page says, in reading order."""
        return [getattr(self, name) for name in self.body_fields]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, with the links of all its texts looked up at once."""
        with known_links(self.streams, request):
            response = super().serve(request, *args, **kwargs)
            if isinstance(response, TemplateResponse):
                response.render()
        return response

    def html_for_print(self, request: HttpRequest) -> str:
        """The text as far as this visitor may read it, for paper."""
        return str(self.body.stream_block.render(self.body, {"request": request}))
