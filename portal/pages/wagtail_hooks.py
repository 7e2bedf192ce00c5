from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from wagtail import hooks
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from portal.pages.link_handler import KnownPageLinkHandler
from portal.pages.visibility import can_read_collection, can_read_path


@hooks.register("before_serve_page", order=-100)
def our_own_rule_first(
    page: Page, request: HttpRequest, serve_args: object, serve_kwargs: object
) -> HttpResponse | None:
    """A branch is closed by the roles of today, before Wagtail looks at its copy of them."""
    if can_read_path(request.user, page.path):
        return None
    if request.user.is_authenticated:
        raise PermissionDenied
    response = redirect(
        f"/account/login/?{urlencode({'next': request.get_full_path()})}"
    )
    add_never_cache_headers(response)
    return response


@hooks.register("before_serve_document", order=-100)
def documents_by_our_own_rule(
    document: object, request: HttpRequest
) -> HttpResponse | None:
    """The same for documents."""
    if can_read_collection(request.user, document.collection):  # type: ignore[attr-defined]
        return None
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(f"/account/login/?{urlencode({'next': request.get_full_path()})}")


@hooks.register("register_rich_text_features", order=100)
def links_looked_up_together(features: FeatureRegistry) -> None:
    """Ours in the place of Wagtail's own."""
    features.register_link_type(KnownPageLinkHandler)
