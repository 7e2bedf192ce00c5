"""All words of the field."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.library.models.glossary import terms_for


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every word with its meaning, by first letter; ``?q=`` keeps those that hold some letters."""
    asked = request.GET.get("q", "").strip()[:60]
    terms = sorted(terms_for(request), key=lambda term: term.word.casefold())
    if asked:
        terms = [
            term
            for term in terms
            if any(asked.casefold() in word.casefold() for word in term.spellings)
        ]
    letters = [
        (letter, list(group))
        for letter, group in groupby(terms, key=lambda term: term.word[:1].upper())
    ]
    context = {
        "letters": letters,
        "asked": asked,
        "breadcrumbs": [
            {"title": _("Home"), "url": "/"},
            {"title": _("Knowledge base"), "url": "/kennisbank/"},
            {"title": _("Words explained"), "url": request.path},
        ],
    }
    return render(request, "knowledge/library/glossary.html", context)
