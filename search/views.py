"""The search page, and suggestions while somebody types."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search import question_log
from search.addresses import chips, other_language, with_question
from search.asking import MOST_PAGES, PER_PAGE
from search.engine import find, suggestions
from search.forms import SearchForm
from search.models import Kind
from search.results import Results
from search.showing import choices_of, listed


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The results of a question, trimmed to what the visitor may read; without one, a start."""
    form = SearchForm(request.GET)
    results = Results(question="")
    if form.is_valid():
        results = find(
            form.question,
            user=request.user,
            filters=form.filters,
            page=page_number(request),
            language=language(),
        )
        if results.page == 1 and results.filters.is_empty and not names_somebody(results):
            question_log.count(form.question, language(), found=results.count > 0)
    context = {"form": form, **context_of(request, results)}
    status = 200 if form.is_valid() else 400
    return not_kept(render(request, "search/search.html", context, status=status))


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Titles that begin as typed, as JSON, only of what the visitor may read."""
    found = suggestions(request.GET.get("q", ""), user=request.user, language=language())
    return not_kept(JsonResponse({"suggestions": found}))


def context_of(request: HttpRequest, results: Results) -> dict[str, Any]:
    """What the page shows beside the results."""
    paginator = Paginator(range(min(results.count, MOST_PAGES * PER_PAGE)), PER_PAGE)
    return {
        "results": results,
        "hits": listed(results.hits),
        "page_of_results": paginator.get_page(results.page),
        "facets": [(facet_title(facet.name), choices_of(facet)) for facet in results.facets],
        "chips": chips(request.GET, results.facets),
        "all_filters_off": with_question(results.question),
        "correction_address": with_question(results.correction),
        "other_language": other_language(results.question, language()),
        "breadcrumbs": [
            {"title": _("Home"), "url": "/en/" if language() == "en" else "/"},
            {"title": _("Search"), "url": request.path},
        ],
    }


def names_somebody(results: Results) -> bool:
    """Whether somebody of the network is found: then the question may be a name."""
    return any(hit.kind == Kind.PERSON for hit in results.hits)


def facet_title(name: str) -> str:
    """What a facet is called."""
    return {
        "soort": _("Kind"),
        "thema": _("Theme"),
        "gemeente": _("Municipality"),
        "gebied": _("Area"),
        "jaar": _("Year"),
        "voor": _("For whom"),
    }[name]


def page_number(request: HttpRequest) -> int:
    """The page asked for; the first when it is no number."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 1


def language() -> str:
    """Whose pages are searched: ``nl`` or ``en``."""
    return "en" if get_language() == "en" else "nl"


def not_kept(response: HttpResponse) -> HttpResponse:
    """In no shared cache and no search engine: a question may be about somebody."""
    patch_cache_control(response, private=True, max_age=0)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
