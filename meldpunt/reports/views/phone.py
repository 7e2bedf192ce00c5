"""Taking a report by telephone: a link of the desk, and the public form behind it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST

from meldpunt.reports.models import Channel
from meldpunt.reports.services import phone_links
from meldpunt.reports.views.landing import desks
from meldpunt.reports.views.reporting import first_step
from meldpunt.reports.views.workspace import with_keys
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.http import SignedInRequest
from portal.regions.models import Municipality


@require_POST
@with_keys
def start(request: SignedInRequest, keys: UnlockedKeys) -> HttpResponse:
    """Make a link for one of the own municipalities, and follow it."""
    chosen = request.POST.get("gemeente", "")
    place = Municipality.objects.filter(
        pk__in={index.municipality for index in keys.indexes}, slug=chosen
    ).first()
    if place is None:
        raise Http404
    try:
        token = phone_links.make_link(place, by=request.user)
    except PermissionDenied:
        raise Http404 from None
    return redirect(reverse("meldpunt:phone", kwargs={"token": token}))


@ensure_csrf_cookie
def phone(request: HttpRequest, token: str) -> HttpResponse:
    """Say what to do; the form begins with a button, so that looking does not use it up."""
    try:
        if request.method != "POST":
            place = phone_links.read_link(token)
            context = {"place": place}
            return render(request, "meldpunt/reports/phone.html", context)
        place = phone_links.use_link(token)
    except phone_links.LinkRefused:
        return render(request, "meldpunt/reports/phone_refused.html", status=400)
    if place not in desks():
        return render(request, "meldpunt/reports/unavailable.html", status=503)
    return first_step(request, place, channel=Channel.PHONE)
