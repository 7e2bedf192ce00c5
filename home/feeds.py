"""RSS of news."""

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

if TYPE_CHECKING:
    from home.models import NewsIndexPage, NewsPage


NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


class SteadyRss(Rss201rev2Feed):
    """Without items it is as old as its list: it says the same until something changes."""

    def latest_post_date(self) -> datetime:
        """The day of the newest item."""
        newest: datetime = super().latest_post_date() if self.items else self.feed["list_of"]
        return newest


class NewsFeed(Feed):
    """The newest twenty items of one news list, as far as its list lets the visitor see them."""

    feed_type = SteadyRss

    def __init__(self, index: "NewsIndexPage", news: "QuerySet[NewsPage]") -> None:
        self.index = index
        self.news = news
        self.title = index.title
        self.description = index.summary

    def link(self) -> str:
        """The list itself."""
        return str(self.index.url)

    def feed_extra_kwargs(self, obj: object) -> dict[str, datetime]:
        """When the list itself was published."""
        return {"list_of": self.index.last_published_at or NO_DAY}

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
