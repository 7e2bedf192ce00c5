"""From an address to a page in one or two queries, whatever its depth.

Wagtail walks down the tree, two queries for each step. Here the last step is looked up at once, and
the site and its roots are remembered. Whatever is not the address of a page itself, such as a part
of a page with parts of its own, is left to Wagtail.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.views import serve

from portal.pages.memory import remembered

MOST_ADDRESSES = 2000  # of pages, that a process knows by heart


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """The page at ``path``, by Wagtail's own view; in Dutch when it exists in no other language.

    Raises:
        Http404: No published page is there.
    """
    find_route(request, path)
    try:
        response: HttpResponse = serve(request, path)
    except Http404:
        if not is_only_in_dutch(path):
            raise
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"/{path}{'?' if query else ''}{query}")
    return response


def is_only_in_dutch(path: str) -> bool:
    """Whether a visitor in another language asks for a page that was never translated."""
    site = the_site()
    is_other = get_language() != settings.LANGUAGE_CODE
    return is_other and site is not None and page_at(site.root_page, path) is not None


def find_route(request: HttpRequest, path: str) -> None:
    """Tell Wagtail what it would find out by itself: the site, its roots, and the page."""
    site = the_site()
    if site is None:
        return
    request._wagtail_site = site  # type: ignore[attr-defined]
    request._wagtail_cached_site_root_paths = site_roots()  # type: ignore[attr-defined]
    page = page_at(root_for_language(site), path)
    if page is None:
        return
    try:
        request._wagtail_route_for_request = page.route(request, [])  # type: ignore[attr-defined]
    except Http404:
        request._wagtail_route_for_request = None  # type: ignore[attr-defined]


def the_site() -> Site | None:
    """The one site of the portal; with several of them Wagtail chooses by host."""
    sites = remembered("sites", lambda: list(Site.objects.select_related("root_page")[:2]))
    return sites[0] if len(sites) == 1 else None


def site_roots() -> Any:
    """Where addresses begin, as Wagtail keeps it."""
    return remembered("site_roots", Site.get_site_root_paths)


def root_for_language(site: Site) -> Page:
    """The front page in the language of the request, else the site's own."""
    roots: dict[str, Page] = remembered(
        "roots",
        lambda: {
            page.locale.language_code: page
            for page in site.root_page.get_translations(inclusive=True).select_related("locale")
            if page.live
        },
    )
    return roots.get(get_language() or "", site.root_page)


def page_at(root: Page, path: str) -> Any:
    """The published page with this address, as its own kind and with its image.

    Two queries; one when the address was asked for before and nothing changed since.
    """
    slugs = [slug for slug in path.split("/") if slug]
    address = root.url_path + "".join(f"{slug}/" for slug in slugs)
    known: dict[str, Any] = remembered("page_addresses", dict)
    found = known.get(address)
    if found is None:
        found = (
            Page.objects.order_by()
            .filter(
                slug=slugs[-1] if slugs else root.slug,
                depth=root.depth + len(slugs),
                url_path=address,
                live=True,
            )
            .only("pk", "content_type_id")
            .first()
        )
        if found is not None and len(known) < MOST_ADDRESSES:  # what is nowhere is never kept
            known[address] = found
    kind = found.specific_class if found else None
    if found is None or kind is None:
        return None
    pages = kind._default_manager.order_by()
    if any(field.name == "image" for field in kind._meta.fields):
        pages = pages.select_related("image")
    return pages.filter(pk=found.pk).first()
