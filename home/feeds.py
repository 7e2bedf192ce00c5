"""RSS of news."""

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from home.models import NewsIndexPage, NewsPage


class NewsFeed(Feed):
    """The newest twenty items of one news list, as far as its list lets the visitor see them."""

    def __init__(self, index: "NewsIndexPage", news: "QuerySet[NewsPage]") -> None:
        self.index = index
        self.news = news
        self.title = index.title
        self.description = index.summary

    def link(self) -> str:
        """The list itself."""
        return str(self.index.url)

    def items(self) -> "QuerySet[NewsPage]":
        """The items, newest first."""
        return self.news[:20]

    def item_title(self, item: "NewsPage") -> str:
        """The title of an item."""
        return item.title

    def item_description(self, item: "NewsPage") -> str:
        """Its summary: a feed never holds a part for a narrower audience."""
        return item.summary

    def item_link(self, item: "NewsPage") -> str:
        """Its address."""
        return str(item.url)

    def item_pubdate(self, item: "NewsPage") -> datetime:
        """Its day, at midnight here."""
        return timezone.make_aware(datetime.combine(item.published_on, time.min))
