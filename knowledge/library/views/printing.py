"""A page on paper."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from knowledge.library.views.finding import find_readable_page
from portal.pages.links import known_links
from portal.pages.visibility import access_key, request_restrictions


@require_safe
def as_pdf(request: HttpRequest, where: str) -> HttpResponse:
    """The page as PDF, with as much of it as this visitor may read."""
    # What draws paper takes 22 MB of memory: only in the process that was asked for paper.
    from knowledge.library.services.pdf import Cover, make_pdf

    page = find_readable_page(request, where)
    is_public = not access_key(page.path, request_restrictions(request))
    cover = Cover(
        title=page.title,
        summary=page.summary,
        owner=page.organisation,
        source=page.source,
        changed_on=page.last_changed,
        valid_until=page.valid_until,
        is_public=is_public and request.user.is_anonymous,
        is_fictional=page.is_fictional,
        address=settings.PORTAL_URL + (page.get_url(request) or "/"),
    )
    with known_links(page.streams, request):
        html = page.html_for_print(request)
    response = HttpResponse(make_pdf(cover, html), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{page.slug}.pdf"'
    if not cover.is_public:
        response["Cache-Control"] = "private, no-store"
    return response
