"""The front door of the meldpunt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from meldpunt.reports.views.reporting import first_step
from meldpunt.vault import process_secrets
from meldpunt.vault.services.holders import open_desks
from portal.regions.models import Municipality


def desks() -> list[Municipality]:
    """The municipalities whose form is open; none while the vault lacks its secrets."""
    return open_desks() if process_secrets.are_present() else []


@require_safe
@ensure_csrf_cookie
def landing(request: HttpRequest, status: int = 200) -> HttpResponse:
    """112 first; then where, how it goes, and the way back with a code."""
    opened = desks()
    places = Municipality.objects.exclude(meldpunt_phone="")
    return render(
        request,
        "meldpunt/reports/landing.html",
        {
            "open": opened,
            "closed": [place for place in places if place not in opened],
            "places": places,
            "nothing_chosen": status != 200,
        },
        status=status,
    )


def begin(request: HttpRequest) -> HttpResponse:
    """Choosing the municipality is the start of the form."""
    if request.method != "POST":
        return redirect("meldpunt:landing")
    chosen = request.POST.get("gemeente", "")
    place = next((place for place in desks() if place.slug == chosen), None)
    if place is None:
        request.method = "GET"
        return landing(request, status=400)
    return first_step(request, place)
