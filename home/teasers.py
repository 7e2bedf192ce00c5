"""What is new in the knowledge base, for this visitor."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Locale, Page

from portal.pages.visibility import Visitor, remembered_alike, visible_pages_q

KNOWLEDGE_TYPES = ["articlepage", "interventionpage", "runbookpage"]
SHOWN = 4


@dataclass(frozen=True)
class Teaser:
    """A page as a card; ``image`` is an address, or empty."""

    title: str
    url: str
    kind: str
    summary: str
    image: str
    changed: date | None


def latest_knowledge(request: HttpRequest, locale: Locale) -> list[Teaser]:
    """The pages that were published last."""
    name = f"teasers:{locale.language_code}:{get_language()}"
    return remembered_alike(name, request, lambda: newest(locale, request.user))


def newest(locale: Locale, visitor: Visitor) -> list[Teaser]:
    """The same, asked of the database."""
    pages = Page.objects.filter(
        visible_pages_q(visitor),
        content_type__app_label__startswith="knowledge_",
        content_type__model__in=KNOWLEDGE_TYPES,
        locale=locale,
    )
    pages = pages.order_by("-first_published_at", "-pk")[:SHOWN]
    return [teaser(page) for page in pages.specific()]


def teaser(page: Page) -> Teaser:
    """One card."""
    image = page.image.get_rendition("original").url if page.image else ""
    kind = str(page.specific_class.get_verbose_name())
    return Teaser(page.title, page.get_url() or "/", kind, page.summary, image, page.last_changed)
