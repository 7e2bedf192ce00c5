"""Coming without an account: ask for a letter, open it, and have a place.

No cookie is set and no account is used: whoever holds the code may do what is here, and another
site that sends a form here can do no more than anybody.
"""

from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from network.events.forms import GuestAskForm, GuestForm
from network.events.models import Event, Guest
from network.events.services import guests, registering
from network.events.views.coming import drawn, taken_by
from network.events.views.typed import typed
from network.events.workflow import COUNTS, Place


def open_event(slug: str) -> Event:
    """An event for everybody that takes guests.

    Raises:
        Http404: there is none.
    """
    public = Event.objects.visible_to(AnonymousUser())
    return get_object_or_404(public, slug=slug, admits_guests=True)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the letter should go."""
    event = open_event(slug)
    form = GuestAskForm(typed(request))
    status = 200 if event.takes_registrations else 409
    if status == 200 and form.is_valid():
        try:
            guests.ask(event, email=form.cleaned_data["email"])
        except guests.TooMany:
            form.add_error(None, _("Too much came in just now. Please try later."))
            status = 429
        except registering.Closed:
            status = 409
        else:
            response = redirect("events:guest_asked", slug)
            response.status_code = 303
            return response
    if status == 200 and form.errors:
        status = 422
    context = {"event": event, "form": form, "is_closed": status == 409}
    return render(request, "network/events/guest_ask.html", context, status=status)


@never_cache
@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a letter is on its way, whoever asked."""
    return render(request, "network/events/guest_asked.html", {"event": open_event(slug)})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, code: str) -> HttpResponse:
    """What the letter opens: confirm, see the ticket, or sign off."""
    guest = guests.guest_of(code, timezone.now())
    if guest is None:
        return shown(request, "network/events/guest_gone.html", {}, 404)
    if request.method == "POST" and request.POST.get("deed") == "off":
        registering.leave(guest)
        return redirect("events:guest", code)
    event, form = guest.event, form_for(guest, request)
    is_closed = not event.takes_registrations
    if form and not is_closed and form.is_valid():
        try:
            registering.confirm(guest, **form.values())
        except registering.SessionFull as full:
            form.tell_full(full.session)
        except registering.Closed:
            is_closed = True
        else:
            return redirect("events:guest", code)
    registration = guest.registrations.prefetch_related("sessions").order_by("-number").first()
    context = {
        "event": event,
        "form": form,
        "registration": registration,
        "has_place": form is None,
        "has_seat": form is None and registration and registration.state == Place.SEATED,
        "is_closed": is_closed,
        "shows_materials": bool(event.materials and event.is_over and registration),
        "picture": drawn(registration.ticket) if registration else "",
    }
    refused = 409 if is_closed and form else 422 if form and form.errors else 200
    return shown(request, "network/events/guest.html", context, refused)


def form_for(guest: Guest, request: HttpRequest) -> GuestForm | None:
    """What is asked to confirm; nothing once there is a place."""
    if guest.registrations.filter(state__in=COUNTS).exists():
        return None
    taken = taken_by(guest.event, but=None)
    return GuestForm(typed(request), event=guest.event, taken=taken)


def shown(
    request: HttpRequest, template: str, context: Mapping[str, object], status: int
) -> HttpResponse:
    """A page that no search engine keeps, and whose address goes nowhere."""
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
