"""How a link to a page in a text becomes an address."""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from portal.pages.links import known_address


class KnownPageLinkHandler(PageLinkHandler):
    """Wagtail's handler, which asks first what ``known_links`` found."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """An opening tag for each link; a page that is not published gets none of its address."""
        addresses = [known_address(str(attrs.get("id"))) for attrs in attrs_list]
        if None in addresses:
            tags: list[str] = super().expand_db_attributes_many(attrs_list)
            return tags
        return [f'<a href="{escape(address)}">' if address else "<a>" for address in addresses]
