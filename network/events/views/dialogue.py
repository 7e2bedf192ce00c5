"""The dialogue with communities: one record for both sides."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form, ModelForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.events import policies
from network.events.forms import (
    AgreementForm,
    AttendanceForm,
    MemberForm,
    MinutesForm,
    ProposalForm,
    SeriesForm,
)
from network.events.models import Agreement, Event, Minutes, Series
from network.events.services import dialogue
from network.events.views.typed import typed
from portal.accounts.http import SignedInRequest

PER_PAGE = 20


@never_cache
@login_required
@require_safe
def all_series(request: SignedInRequest) -> HttpResponse:
    """The series I take part in."""
    rows = Series.objects.filter(policies.series_q(request.user)).select_related("municipality")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_start = policies.can_start_series(request.user)
    context = {"page": page, "may_start": may_start}
    return render(request, "network/events/dialogue/all.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new_series(request: SignedInRequest) -> HttpResponse:
    """Begin a series."""
    if not policies.can_start_series(request.user):
        raise PermissionDenied
    form = SeriesForm(typed(request), by=request.user)
    if form.is_valid():
        series = dialogue.start_series(
            form.save(commit=False), function=form.cleaned_data["function"], by=request.user
        )
        messages.success(request, _("The series is there. Now add who takes part."))
        return redirect("events:series", series.pk)
    return filled(request, form, _("A new series"), back="events:all_series")


@never_cache
@login_required
@require_safe
def series(request: SignedInRequest, pk: int) -> HttpResponse:
    """One series: its talks, agreements, and the year in numbers."""
    found = own_series(request, pk)
    rows = found.events.exclude(state="draft").order_by("-starts_at")
    open_ones = Agreement.objects.filter(event__series=found, done_on=None)
    return render(
        request,
        "network/events/dialogue/series.html",
        {
            "series": found,
            "members": found.members.all()[:50],
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
            "agreements": open_ones.select_related("event")[:50],
            "year": dialogue.year_of(found, timezone.localdate()),
            "today": timezone.localdate(),
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def add_member(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let an account take part."""
    found = own_series(request, pk)
    form = MemberForm(typed(request))
    if form.is_valid() and form.user:
        data = form.cleaned_data
        try:
            dialogue.add_member(
                found, user=form.user, side=data["side"], function=data["function"], by=request.user
            )
        except PermissionDenied:
            form.add_error("side", _("You add people for your own side only."))
        else:
            messages.success(request, _("Saved."))
            return redirect("events:series", pk)
    return filled(request, form, _("Add somebody"), back="events:series", args=[pk])


@never_cache
@login_required
@require_safe
def talk(request: SignedInRequest, slug: str) -> HttpResponse:
    """One talk: agenda, who was there, minutes, agreements."""
    event = own_talk(request, slug)
    minutes = Minutes.objects.filter(event=event).first()
    return render(
        request,
        "network/events/dialogue/talk.html",
        {
            "event": event,
            "proposals": event.proposals.all()[:100],
            "attendances": event.attendances.all()[:100],
            "agreements": event.agreements.all()[:100],
            "minutes": minutes,
            "side": dialogue.side_of(request.user, event.series),
            "today": timezone.localdate(),
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def write(request: SignedInRequest, slug: str, what: str) -> HttpResponse:
    """Add a proposal, somebody present, an agreement, or write the minutes."""
    event = own_talk(request, slug)
    form: Any
    match what:
        case "voorstel":
            form, title = ProposalForm(typed(request)), _("Put something on the agenda")
        case "aanwezig":
            form, title = AttendanceForm(typed(request)), _("Who was there")
        case "afspraak":
            form, title = AgreementForm(typed(request)), _("A new agreement")
        case "verslag":
            minutes = Minutes.objects.filter(event=event).first()
            form, title = MinutesForm(typed(request), instance=minutes), _("The minutes")
        case _unknown:
            raise Http404
    if form.is_valid():
        if what == "voorstel":
            dialogue.propose(event, text=form.cleaned_data["text"], by=request.user)
        elif what == "verslag":
            dialogue.write_minutes(event, text=form.cleaned_data["text"], by=request.user)
        else:
            row = form.save(commit=False)
            row.event = event
            row.save()
        messages.success(request, _("Saved."))
        return redirect("events:talk", slug)
    return filled(request, form, title, back="events:talk", args=[slug])


@login_required
@require_POST
def approve(request: SignedInRequest, slug: str) -> HttpResponse:
    """Approve the minutes that were shown, for the own side."""
    event = own_talk(request, slug)
    minutes = get_object_or_404(Minutes, event=event)
    version = request.POST.get("version", "")[:9]
    try:
        dialogue.approve_minutes(
            minutes, version=int(version) if version.isdecimal() else 0, by=request.user
        )
    except dialogue.NothingToApprove:
        messages.error(request, _("There is a newer version, or your side approved it already."))
    else:
        messages.success(request, _("You approved the minutes for your side."))
    return redirect("events:talk", slug)


@login_required
@require_POST
def keep(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Mark an agreement as kept, or as open again."""
    agreement = get_object_or_404(Agreement, pk=pk, event=own_talk(request, slug))
    dialogue.keep_agreement(agreement, is_done=agreement.done_on is None, by=request.user)
    return redirect("events:talk", slug)


def own_series(request: SignedInRequest, pk: int) -> Series:
    """A series that this person takes part in.

    Raises:
        Http404: there is none, or it is of others.
    """
    return get_object_or_404(
        Series.objects.select_related("municipality"), policies.series_q(request.user), pk=pk
    )


def own_talk(request: SignedInRequest, slug: str) -> Event:
    """A talk of a series that this person takes part in.

    Raises:
        Http404: there is none, it is of others, or no talk of a series.
    """
    event = get_object_or_404(
        Event.objects.visible_to(request.user).select_related("series"), slug=slug
    )
    if not policies.is_member(request.user, event.series):
        raise Http404
    return event


def filled(
    request: SignedInRequest, form: Form | ModelForm, title: str, *, back: str, args: Any = ()
) -> HttpResponse:
    """A form on a page of its own."""
    context = {"form": form, "title": title, "back": reverse(back, args=args)}
    status = 422 if form.errors else 200
    return render(request, "network/events/dialogue/form.html", context, status=status)
