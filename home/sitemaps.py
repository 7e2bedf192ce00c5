"""The map of the site for search engines: what everybody may read, and nothing else."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portal.pages.visibility import visible_pages_q


class PublicPagesSitemap(Sitemap):
    """Every page that a visitor without an account may read."""

    limit = 1000

    def items(self) -> PageQuerySet:
        """Ordered by their place in the tree."""
        return Page.objects.filter(visible_pages_q(AnonymousUser()), depth__gt=1).order_by("path")

    def get_protocol(self, protocol: str | None = None) -> str:
        """The protocol of the address that the portal is known by."""
        return settings.PORTAL_URL.split("://")[0]

    def get_domain(self, site: object = None) -> str:
        """The host name that the portal is known by, never the one a visitor asked with."""
        return settings.PORTAL_URL.split("://")[1].rstrip("/")

    def location(self, item: Page) -> str:
        """The path of the page."""
        return str(item.relative_url(None) or item.url)

    def lastmod(self, item: Page) -> datetime | None:
        """When it was published last."""
        return item.last_published_at
