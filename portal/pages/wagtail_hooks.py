from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.models import Collection, Page
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry

from portal.figures.tables import safe_cell
from portal.pages.file_policies import CollectionPolicy, FilePolicy
from portal.pages.link_handler import KnownPageLinkHandler
from portal.pages.models import PortalDocument, PortalImage
from portal.pages.permission_policy import PortalPagePermissionPolicy
from portal.pages.policies import choosable_pages_q
from portal.pages.reports import DuePagesView
from portal.pages.visibility import can_read_collection, can_read_path

register_permission_policy(Page, PortalPagePermissionPolicy())
# Exactly for these, since the rooms of Wagtail itself name theirs after this one was read.
register_permission_policy(Collection, CollectionPolicy(Collection), exact_class=True)
for model, auth_model in (
    (PortalImage, "wagtailimages.Image"),
    (PortalDocument, "wagtaildocs.Document"),
):
    files = FilePolicy(model, auth_model, "uploaded_by_user")
    register_permission_policy(model, files, exact_class=True)


def shown_cell(value: object) -> object:
    """A number as it is; anything else as text that a spreadsheet never calculates."""
    return value if isinstance(value, int | float) else safe_cell(value)


# Wagtail writes the cells of its lists as they are; what a visitor typed may stand in them.
SpreadsheetExportMixin.custom_value_preprocess[object] = {
    SpreadsheetExportMixin.FORMAT_CSV: shown_cell
}


@hooks.register("before_serve_page", order=-100)
def our_own_rule_first(
    page: Page, request: HttpRequest, serve_args: object, serve_kwargs: object
) -> HttpResponse | None:
    """A branch is closed by the roles of today, before Wagtail looks at its copy of them."""
    paths = [page.path, *([page.alias_of.path] if page.alias_of_id else [])]
    if all(can_read_path(request.user, path) for path in paths):
        page.may_be_read = True  # Wagtail need not ask its copy of the roles once more
        return None
    if request.user.is_authenticated:
        raise PermissionDenied
    response = redirect(f"/account/login/?{urlencode({'next': request.get_full_path()})}")
    add_never_cache_headers(response)
    return response


@hooks.register("before_serve_document", order=-100)
def documents_by_our_own_rule(document: object, request: HttpRequest) -> HttpResponse | None:
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


@hooks.register("construct_page_chooser_queryset")
def only_pages_that_the_editor_may_read(pages: Any, request: HttpRequest) -> Any:
    """An editor links to what is published and open to the editor: no foreign drafts by title."""
    if request.user.is_superuser:
        return pages
    return pages.filter(choosable_pages_q(request.user))


@hooks.register("register_admin_urls")
def addresses_of_reports() -> list[URLPattern]:
    """Below the reports of Wagtail itself."""
    view = DuePagesView
    return [
        path("reports/te-controleren/", view.as_view(), name="pages_due"),
        path(
            "reports/te-controleren/results/",
            view.as_view(results_only=True),
            name="pages_due_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def report_of_due_pages() -> MenuItem:
    """The pages to check, first among the reports."""
    return MenuItem(_("To check"), reverse("pages_due"), icon_name="calendar-check", order=50)
