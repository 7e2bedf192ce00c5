"""What every kind of page in the portal can be asked."""

from typing import Self

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from portal.pages.visibility import Visitor, visible_pages_q


class PortalPageQuerySet(PageQuerySet):
    """Lists of pages begin with ``visible_to``."""

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep the live pages that ``visitor`` may read."""
        return self.filter(visible_pages_q(visitor))


PortalPageManager = PageManager.from_queryset(PortalPageQuerySet)
