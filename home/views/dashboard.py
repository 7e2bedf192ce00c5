"""The first page of the workspace."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.models import NewsPage
from home.views.figures import drawings
from home.werkplek import tiles_for
from portal.figures import reading
from portal.figures.publications import publications

FIRST_PLACES = 6  # of each figure; the rest stands on its own page


@never_cache
@login_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What this person can do here, and the newest news for them."""
    news = NewsPage.objects.visible_to(request.user).order_by("-published_on", "-pk")[:3]
    return render(
        request,
        "home/dashboard.html",
        {"tiles": tiles_for(request.user), "news": news, "figures": figures_for(request)},
    )


def figures_for(request: HttpRequest) -> list[dict[str, Any]]:
    """Every published figure with its first few places; nothing for who sees no figures."""
    if not reading.can_read(request.user):
        return []
    every = reading.series_of(publications(), user=request.user, today=timezone.localdate())
    return [
        {
            "series": series,
            "drawings": drawings(series, series.rows[:FIRST_PLACES]),
        }
        for series in every
    ]
