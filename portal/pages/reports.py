"""Reports for editors."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.views.reports import PageReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page, get_page_content_types

from portal.pages.permission_policy import page_types

LOOK_AHEAD = timedelta(days=30)


class DueFilterSet(WagtailFilterSet):
    """By kind, and by the last day to check."""

    review_day = django_filters.DateFilter(
        label=_("To check before"), lookup_expr="lte", widget=AdminDateInput
    )
    content_type = ContentTypeFilter(
        label=_("Kind"),
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
    )

    class Meta:
        model = Page
        fields = ["live", "content_type"]


class DuePagesView(PageReportView):
    """Pages whose day to check has come or comes within thirty days, the oldest first."""

    page_title = _("To check")
    header_icon = "calendar-check"
    filterset_class = DueFilterSet
    index_url_name = "pages_due"
    index_results_url_name = "pages_due_results"
    results_template_name = "pages/admin/due_pages_results.html"
    any_permission_required = ["add", "change", "publish"]
    export_headings = {"review_day": _("To check on"), "team": _("Owner")}
    list_export = ["title", "review_day", "expiry_day", "team", "status_string", "full_url"]

    def get_queryset(self) -> Any:
        """Only pages that this editor works on."""
        pages = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, {"add", "change", "publish"}
        )
        self.queryset = due_pages(pages)
        return super().get_queryset()


def due_pages(pages: Any) -> Any:
    """Those of ``pages`` that are due, with ``review_day``, ``expiry_day`` and ``team``."""
    until = timezone.localdate() + LOOK_AHEAD
    return (
        with_dates(pages)
        .filter(review_day__lte=until)
        .select_related("content_type", "owner")
        .order_by("review_day", "pk")
    )


def with_dates(pages: Any) -> Any:
    """Each page with the dates and the team that stand in the table of its own kind. One query."""
    names = [model._meta.model_name for model in page_types()]
    return pages.annotate(
        review_day=Coalesce(*(F(f"{name}__review_on") for name in names)),
        expiry_day=Coalesce(*(F(f"{name}__valid_until") for name in names)),
        team=Coalesce(*(F(f"{name}__organisation") for name in names)),
    )
