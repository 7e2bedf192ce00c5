"""The front page."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from home.models.news import NewsPage
from home.teasers import latest_knowledge
from portal.pages.models import PortalPage
from portal.pages.visibility import Visitor, remembered_alike

ICONS = [
    ("message-report", _("Speech bubble")),
    ("book-2", _("Book")),
    ("school", _("School")),
    ("users", _("People")),
    ("map", _("Map")),
    ("lifebuoy", _("Lifebuoy")),
    ("checklist", _("Checklist")),
]


class HomePage(PortalPage):
    """Where everybody comes in: search, four tasks, what is new, and whom to tell a worry."""

    hero_title = models.CharField(_("heading"), max_length=120)
    hero_text = models.TextField(_("text below the heading"), max_length=300)
    search_example = models.CharField(_("example of a question"), max_length=60, blank=True)
    call_title = models.CharField(_("heading of the call"), max_length=120, blank=True)
    call_text = models.TextField(_("text of the call"), max_length=300, blank=True)
    call_label = models.CharField(_("text of the button"), max_length=40, blank=True)
    call_url = models.CharField(_("address of the button"), max_length=200, blank=True)

    max_count_per_parent = 1
    template = "home/front.html"
    content_panels = [
        *PortalPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("hero_title"),
                FieldPanel("hero_text"),
                FieldPanel("search_example"),
            ],
            heading=_("Top of the page"),
        ),
        InlinePanel("tasks", label=_("task"), heading=_("Tasks"), max_num=4),
        MultiFieldPanel(
            [
                FieldPanel("call_title"),
                FieldPanel("call_text"),
                FieldPanel("call_label"),
                FieldPanel("call_url"),
            ],
            heading=_("Call at the bottom"),
        ),
    ]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What is new, as far as this visitor may see it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["knowledge"] = latest_knowledge(request, self.locale)
        name = f"front_news:{self.locale.language_code}"
        context["news"] = remembered_alike(name, request, lambda: self.latest_news(request.user))
        return context

    def latest_news(self, visitor: Visitor) -> list[NewsPage]:
        """The newest items in the language of this page."""
        news = NewsPage.objects.visible_to(visitor).filter(locale=self.locale)
        return list(news.defer("body").order_by("-published_on", "-pk")[:4])


class HomeTask(Orderable):
    """One of the four things that people come to do."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="tasks")
    icon = models.CharField(_("icon"), max_length=30, choices=ICONS)
    title = models.CharField(_("title"), max_length=40)
    text = models.CharField(_("text"), max_length=120)
    url = models.CharField(_("address"), max_length=200)
    is_first = models.BooleanField(_("stands out"), default=False)

    panels = [
        FieldPanel("icon"),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("url"),
        FieldPanel("is_first"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
