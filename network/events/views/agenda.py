"""The agenda: a list, one event, and the feeds for calendars."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network.events import policies
from network.events.forms import AgendaFilterForm
from network.events.models import Event
from network.events.models.events import EventQuerySet
from network.events.services.feeds import feed_token, user_of_feed
from network.events.services.registering import free
from network.events.workflow import COUNTS, Place, State
from portal.accounts.http import SignedInRequest

PER_PAGE = 20
FEED_BACK = timedelta(days=90)
FEED_MOST = 500


@never_cache
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """What is to come, filtered by the address."""
    form = AgendaFilterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    now = timezone.now()
    rows = Event.objects.visible_to(request.user).select_related("municipality")
    if chosen.get("wanneer") == "voorbij":
        rows = rows.exclude(pk__in=Event.objects.to_come(now)).order_by("-starts_at", "-pk")
    else:
        rows = rows.to_come(now)
    page = Paginator(filtered(rows, chosen), PER_PAGE).get_page(request.GET.get("page"))
    token = feed_token(request.user) if request.user.is_authenticated else ""
    return render(
        request,
        "network/events/agenda.html",
        {
            "form": form,
            "page": page,
            "entries": [(event, event.next_beginning(now)) for event in page],
            "feed_token": token,
            "may_plan": policies.can_plan_any(request.user),
        },
    )


def filtered(rows: EventQuerySet, chosen: dict[str, Any]) -> EventQuerySet:
    """Keep the events that the filters ask for."""
    if chosen.get("soort"):
        rows = rows.filter(kind=chosen["soort"])
    if chosen.get("gemeente"):
        rows = rows.filter(municipality=chosen["gemeente"])
    if text := chosen.get("q"):
        rows = rows.filter(title__icontains=text)
    return rows


@never_cache
@require_safe
def detail(request: SignedInRequest, slug: str) -> HttpResponse:
    """One event: when, where, for whom, and how to come."""
    event = get_object_or_404(
        Event.objects.visible_to(request.user).select_related("municipality", "series"), slug=slug
    )
    registration = (
        event.registrations.filter(policies.own_q(request.user), state__in=COUNTS)
        .prefetch_related("sessions")
        .first()
    )
    now = timezone.now()
    left = free(event) if event.capacity is not None else None
    has_seat = registration is not None and registration.state == Place.SEATED
    return render(
        request,
        "network/events/detail.html",
        {
            "event": event,
            "next": event.next_beginning(now),
            "sessions": event.sessions.all(),
            "registration": registration,
            "has_seat": has_seat,
            "left": max(0, int(left)) if left is not None else None,
            "admits_guests": event.admits_guests and not request.user.is_authenticated,
            "may_register": policies.can_register(request.user, event),
            "may_plan": policies.can_plan(request.user, event),
            "is_member": event.series_id is not None
            and policies.is_member(request.user, event.series),
            "shows_materials": bool(event.materials and event.is_over and registration),
        },
    )


@require_safe
def ics(request: HttpRequest) -> HttpResponse:
    """The agenda for a calendar program: public, or with a token what its owner may see."""
    from network.events.services.calendar import feed

    token = request.GET.get("sleutel", "")
    visitor = user_of_feed(token) if token else request.user
    if token and visitor is None:
        return HttpResponse(_("This address of the agenda no longer works."), status=404)
    form = AgendaFilterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    shown = Event.objects.visible_to(visitor).exclude(state=State.DRAFT)  # type: ignore[arg-type]
    rows = filtered(shown.to_come(timezone.now() - FEED_BACK), chosen)
    name = _("Agenda Vredeportaal")
    response = HttpResponse(feed(rows[:FEED_MOST], name=name), content_type="text/calendar")
    response["Content-Disposition"] = 'inline; filename="agenda.ics"'
    is_personal = bool(token) or request.user.is_authenticated
    response["Cache-Control"] = "private, no-store" if is_personal else "public, max-age=300"
    return response


@require_safe
def one_ics(request: SignedInRequest, slug: str) -> HttpResponse:
    """One event for a calendar program."""
    from network.events.services.calendar import feed

    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    response = HttpResponse(feed([event], name=event.title), content_type="text/calendar")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
