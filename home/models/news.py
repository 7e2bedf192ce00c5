"""News, and its list."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal.pages.blocks import body_blocks
from portal.pages.fields import BodyField
from portal.pages.models import PortalPage
from portal.pages.querysets import PortalPageQuerySet

PER_PAGE = 10


class NewsIndexPage(PortalPage):
    """All news, newest first, with a feed (``home.views.feed``)."""

    max_count_per_parent = 1
    subpage_types = ["home.NewsPage"]
    template = "home/news_index.html"
    content_panels = [*PortalPage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A page of the news that this visitor may read; ``?jaar=`` keeps one year."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        news = self.news_for(request)
        years = news.dates("published_on", "year", order="DESC")
        year = request.GET.get("jaar", "")
        if year.isdecimal() and len(year) == 4:
            news = news.filter(published_on__year=int(year))
        news = news.select_related("image", "municipality").prefetch_related("image__renditions")
        context["page_of_news"] = Paginator(news, PER_PAGE).get_page(request.GET.get("page"))
        context["years"] = [day.year for day in years]
        context["year"] = year
        return context

    def news_for(self, request: HttpRequest) -> PortalPageQuerySet:
        """The items that this visitor may read, newest first."""
        return (
            NewsPage.objects.child_of(self)
            .visible_to(request.user)
            .order_by("-published_on", "-pk")
        )


class NewsPage(PortalPage):
    """One news item."""

    published_on = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    body = BodyField(body_blocks(), blank=True, verbose_name=_("text"))

    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "home/news_page.html"
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("published_on"),
        FieldPanel("summary"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
