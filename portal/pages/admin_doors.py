"""The screens of the editor open for the pages that an editor meets there, whatever number is typed."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from wagtail.models import Page

from portal.pages.permission_policy import PortalPagePermissionPolicy
from portal.pages.policies import choosable_pages_q

NUMBERS = ("page_id", "page_pk", "page_to_move_id", "parent_page_id", "destination_id")
BY_PK = ("revisions_compare", "detail", "action")  # these call the number of the page ``pk``
NAMESPACES = ("wagtailadmin_pages", "wagtailadmin_api")


class KnownPagesMiddleware:
    """Answers 404 on a page that the editor's lists leave out.

    Wagtail trims its lists, and shows the name of any page (its draft's too) to who types the
    number of the page in the address of the explorer or of the page chooser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing here: which page is asked for is known once the address is resolved."""
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> None:
        """Raises ``Http404`` on the number of a page that is not the editor's."""
        match = request.resolver_match
        if not match or not match.route.startswith("beheer/") or not request.user.is_authenticated:
            return
        asked = numbers_of_pages(match)
        if asked - pages_open_to(request, asked, choosing=match.route.startswith("beheer/choose-")):
            raise Http404


def numbers_of_pages(match: ResolverMatch) -> set[int]:
    """The pages that an address of the editor names."""
    names: tuple[str, ...] = NUMBERS
    if match.namespaces and match.namespaces[-1] in NAMESPACES and match.url_name in BY_PK:
        names = ("pk",)
    return {int(match.kwargs[name]) for name in names if match.kwargs.get(name)}


def pages_open_to(request: HttpRequest, numbers: set[int], *, choosing: bool) -> set[int]:
    """Which of these pages the editor meets in the explorer, or may link to."""
    if not numbers or request.user.is_superuser:
        return numbers
    known = PortalPagePermissionPolicy().explorable_instances(request.user)
    found = set(known.filter(pk__in=numbers).values_list("pk", flat=True))
    if choosing and numbers - found:
        # What is published may be linked to; a draft's new title is not for everybody.
        readable = Page.objects.filter(
            choosable_pages_q(request.user), pk__in=numbers, has_unpublished_changes=False
        )
        found |= set(readable.values_list("pk", flat=True))
    return found
