"""What is new, for this visitor."""

from django.http import HttpRequest
from wagtail.models import Locale, Page

from portal.pages.visibility import closed_paths, inside_q, request_restrictions

KNOWLEDGE_TYPES = ["articlepage", "interventionpage", "runbookpage"]


def latest_knowledge(request: HttpRequest, locale: Locale, number: int = 4) -> list[Page]:
    """The pages of the knowledge base that were published last, as their own types."""
    pages = Page.objects.live().filter(
        content_type__app_label__startswith="knowledge_",
        content_type__model__in=KNOWLEDGE_TYPES,
        locale=locale,
    )
    closed = closed_paths(request_restrictions(request), request.user)
    pages = pages.exclude(inside_q(closed))
    return list(pages.order_by("-first_published_at", "-pk")[:number].specific())
