"""Interventions side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.library.models import InterventionPage

AT_MOST = 4


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four of the interventions that this visitor may read, as ``?i=`` names them."""
    chosen = list(dict.fromkeys(request.GET.getlist("i")))[:AT_MOST]
    everything = InterventionPage.objects.visible_to(request.user).order_by("title")
    readable = everything.defer("body", "related")[:200]
    by_slug = {page.slug: page for page in readable}
    pages = [by_slug[slug] for slug in chosen if slug in by_slug]
    context = {
        "choices": [(page, page.slug in chosen) for page in readable],
        "pages": pages,
        "rows": rows_of(pages) if len(pages) > 1 else [],
        "breadcrumbs": [
            {"title": _("Home"), "url": "/"},
            {"title": _("Knowledge base"), "url": "/kennisbank/"},
            {"title": _("Compare interventions"), "url": request.path},
        ],
    }
    return render(request, "knowledge/library/compare.html", context)


def rows_of(pages: list[InterventionPage]) -> list[tuple[str, list[str]]]:
    """A row for each thing to compare: its name, and what each intervention says."""
    yes_no = {True: _("Yes"), False: _("No")}
    return [
        (_("For whom"), [page.target_group for page in pages]),
        (_("Goal"), [page.goal for page in pages]),
        (_("When it fits"), [page.phase for page in pages]),
        (_("Duration"), [page.duration for page in pages]),
        (_("Cost"), [page.cost for page in pages]),
        (_("Evidence"), [page.get_evidence_display() for page in pages]),
        (_("Voluntary"), [yes_no[page.is_voluntary] for page in pages]),
        (_("Provider"), [page.provider for page in pages]),
        (_("Contact (function)"), [page.contact for page in pages]),
    ]
