"""Planning events in the workspace."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.events import policies
from network.events.forms import CancelForm, EventForm, SessionForm, TicketForm
from network.events.models import Event, Registration, Session
from network.events.services import aftercare, planning, presence
from network.events.services.registering import sign_off as give_back
from network.events.views.typed import typed
from network.events.workflow import COUNTS, Place, State
from portal.accounts.http import SignedInRequest

PER_PAGE = 25


@never_cache
@login_required
@require_safe
def events(request: SignedInRequest) -> HttpResponse:
    """What this person plans, newest first."""
    if not policies.can_plan_any(request.user):
        raise PermissionDenied
    counts = {
        "seated": Count("registrations", filter=Q(registrations__state=Place.SEATED)),
        "waiting": Count("registrations", filter=Q(registrations__state=Place.WAITING)),
    }
    rows = Event.objects.filter(policies.planned_q(request.user)).annotate(**counts)
    page = Paginator(rows.order_by("-starts_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "network/events/planning/events.html", {"page": page})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """A new event, or a change of one."""
    if not policies.can_plan_any(request.user):
        raise PermissionDenied
    event = planned(request, pk) if pk else Event()
    form = EventForm(typed(request), instance=event, by=request.user)
    if form.is_valid():
        event = planning.save_event(form.save(commit=False), by=request.user)
        messages.success(request, _("The event is saved."))
        return redirect("events_werkplek:event", event.pk)
    return render(
        request,
        "network/events/planning/edit.html",
        {"form": form, "event": event},
        status=422 if form.errors else 200,
    )


@never_cache
@login_required
@require_safe
def event(request: SignedInRequest, pk: int) -> HttpResponse:
    """One event: its sessions, who comes, invitations, and what people thought."""
    found = planned(request, pk)
    rows = found.registrations.filter(state__in=COUNTS).select_related("user")
    page = Paginator(rows.prefetch_related("sessions").order_by("number"), 50)
    numbers = found.registrations.aggregate(
        seated=Count("pk", filter=Q(state=Place.SEATED)),
        waiting=Count("pk", filter=Q(state=Place.WAITING)),
        there=Count("pk", filter=Q(attended_at__isnull=False)),
    )
    sessions = found.sessions.annotate(
        taken=Count("registrations", filter=Q(registrations__state__in=COUNTS))
    )
    invited = found.invitees.aggregate(
        all=Count("pk"), sent=Count("pk", filter=Q(sent_at__isnull=False))
    )
    return render(
        request,
        "network/events/planning/event.html",
        {
            "event": found,
            "page": page.get_page(request.GET.get("page")),
            "numbers": numbers,
            "sessions": sessions,
            "invited": invited,
            "outcome": aftercare.outcome(found),
            "is_draft": found.state == State.DRAFT,
            "is_published": found.state == State.PUBLISHED,
        },
    )


def planned(request: SignedInRequest, pk: int) -> Event:
    """An event that this person plans.

    Raises:
        Http404: there is none, or somebody else plans it.
    """
    return get_object_or_404(Event, policies.planned_q(request.user), pk=pk)


@login_required
@require_POST
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a draft."""
    try:
        planning.publish(planned(request, pk), by=request.user)
    except planning.WrongStep:
        messages.error(request, _("This event is not a draft any more."))
    else:
        messages.success(request, _("The event is in the agenda."))
    return redirect("events_werkplek:event", pk)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Call an event off, after asking once more."""
    found = planned(request, pk)
    form = CancelForm(typed(request))
    if form.is_valid():
        try:
            planning.cancel(found, reason=form.cleaned_data["reason"], by=request.user)
        except planning.WrongStep:
            messages.error(request, _("Only a published event can be cancelled."))
        else:
            messages.success(request, _("The event is cancelled; everybody gets a letter."))
        return redirect("events_werkplek:event", pk)
    return render(
        request,
        "network/events/planning/cancel.html",
        {"form": form, "event": found},
        status=422 if form.errors else 200,
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def session(request: SignedInRequest, pk: int, number: int | None = None) -> HttpResponse:
    """A new session, or a change of one."""
    found = planned(request, pk)
    one = get_object_or_404(found.sessions, pk=number) if number else Session(event=found)
    form = SessionForm(typed(request), instance=one)
    if form.is_valid():
        form.save()
        messages.success(request, _("The session is saved."))
        return redirect("events_werkplek:event", pk)
    context = {"form": form, "event": found, "session": one}
    return render(
        request, "network/events/planning/session.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def mark(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Mark somebody of the list as present, absent, or signed off."""
    found = planned(request, pk)
    registration = get_object_or_404(found.registrations, pk=number)
    deed = request.POST.get("deed")
    if deed == "off":
        give_back(registration, by=request.user)
    elif deed in ("there", "absent"):
        try:
            presence.check_in(registration, is_there=deed == "there", by=request.user)
        except presence.NoSeat:
            messages.error(request, _("This person has no seat."))
    query = f"?page={page}" if (page := request.POST.get("page", "")).isdecimal() else ""
    return redirect(f"{reverse('events_werkplek:event', args=[pk])}{query}#r{number}")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def door(request: SignedInRequest, pk: int) -> HttpResponse:
    """The door: type the code of a ticket, or scan it with a telephone."""
    found = planned(request, pk)
    form = TicketForm(typed(request))
    registration = None
    if form.is_valid():
        code = form.cleaned_data["ticket"].strip().rstrip("/").rpartition("/")[2]
        registration = found.registrations.filter(ticket=code).select_related("user").first()
        if registration is None:
            form.add_error("ticket", _("No ticket of this event has this code."))
        else:
            try:
                presence.check_in(registration, by=request.user)
            except presence.NoSeat:
                form.add_error("ticket", _("This person has no seat."))
                registration = None
    context: dict[str, Any] = {"form": form, "event": found, "registration": registration}
    status = 422 if form.errors else 200
    return render(request, "network/events/planning/door.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def scan(request: SignedInRequest, code: str) -> HttpResponse:
    """What a scanned ticket opens: one button that checks in."""
    registration = get_object_or_404(
        Registration.objects.select_related("event", "user"), ticket=code
    )
    if not policies.can_plan(request.user, registration.event):
        raise PermissionDenied
    if request.method == "POST":
        try:
            registration = presence.check_in(registration, by=request.user)
        except presence.NoSeat:
            messages.error(request, _("This person has no seat."))
        return redirect("events_werkplek:scan", code)
    context = {"registration": registration, "event": registration.event}
    return render(request, "network/events/planning/scan.html", context)
