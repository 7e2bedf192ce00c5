"""The first page of the workspace."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.models import NewsPage
from home.werkplek import tiles_for


@never_cache
@login_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What this person can do here, and the newest news for them."""
    news = NewsPage.objects.visible_to(request.user).order_by("-published_on", "-pk")[:3]
    return render(request, "home/dashboard.html", {"tiles": tiles_for(request.user), "news": news})
