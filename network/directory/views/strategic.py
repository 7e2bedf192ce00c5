"""The strategic network on one screen."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.directory import policies
from network.directory.forms.strategic import (
    ActionPointForm,
    GoalForm,
    MeetingForm,
    MemberForm,
    RenewForm,
)
from network.directory.models import ActionPoint, Goal, Meeting, Member
from network.directory.services.strategic import CannotRenew, IsMemberAlready, gaps, keep, renew
from portal.accounts.http import SignedInRequest

MOST = 100
FORMS: dict[str, tuple[Any, Any]] = {
    "lid": (MemberForm, Member),
    "doel": (GoalForm, Goal),
    "vergadering": (MeetingForm, Meeting),
    "actie": (ActionPointForm, ActionPoint),
}


@never_cache
@login_required
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Members, whose term ends, who is missing, the year plan, meetings and actions."""
    if not policies.can_keep_strategic_network(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    return render(
        request,
        "network/directory/strategic.html",
        {
            "today": today,
            "soon": today + timedelta(days=90),
            "members": Member.objects.filter(left_on=None).select_related("organisation", "theme")[
                :MOST
            ],
            "gaps": [(place, sectors) for place, sectors in gaps() if sectors],
            "goals": (goals := list(Goal.objects.all()[:MOST])),
            "years": progress(goals),
            "meetings": Meeting.objects.all()[:20],
            "actions": ActionPoint.objects.filter(done_on=None).select_related("organisation")[
                :MOST
            ],
        },
    )


def progress(goals: list[Goal]) -> list[tuple[int, int, int]]:
    """Of each year how many goals there are and how many were reached, the newest first."""
    years = sorted({goal.year for goal in goals}, reverse=True)
    return [
        (
            year,
            sum(goal.year == year for goal in goals),
            sum(goal.year == year and goal.reached_on is not None for goal in goals),
        )
        for year in years
    ]


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def change_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what was decided, or change the agenda."""
    if not policies.can_keep_strategic_network(request.user):
        raise PermissionDenied
    found = get_object_or_404(Meeting, pk=pk)
    form = MeetingForm(request.POST or None, instance=found)
    if form.is_valid():
        keep(get_object_or_404(Meeting, pk=pk), values=form.cleaned_data, by=request.user)
        messages.success(request, _("It is kept."))
        return redirect("network_werkplek:strategic")
    return shown(request, form, Meeting._meta.verbose_name)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def renew_member(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a member another term."""
    if not policies.can_keep_strategic_network(request.user):
        raise PermissionDenied
    found = get_object_or_404(Member.objects.select_related("organisation"), pk=pk, left_on=None)
    form = RenewForm(request.POST or None)
    if form.is_valid():
        try:
            renew(found, until=form.cleaned_data["until"], by=request.user)
        except CannotRenew:
            form.add_error("until", _("Give a day after the end of the term now."))
        else:
            messages.success(request, _("It is kept."))
            return redirect("network_werkplek:strategic")
    return shown(request, form, found.organisation.name)


def shown(request: SignedInRequest, form: Any, title: Any) -> HttpResponse:
    """A form of the strategic network."""
    return render(
        request,
        "network/directory/strategic_form.html",
        {"form": form, "title": title},
        status=422 if form.errors else 200,
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, what: str) -> HttpResponse:
    """Add a member, goal, meeting or action point."""
    if not policies.can_keep_strategic_network(request.user):
        raise PermissionDenied
    if what not in FORMS:
        raise Http404
    form_class, model = FORMS[what]
    form = form_class(request.POST or None)
    if form.is_valid():
        values = dict(form.cleaned_data)
        if model is ActionPoint:
            values["by"] = request.user
        try:
            keep(model(), values=values, by=request.user)
        except IsMemberAlready:
            form.add_error(None, _("This organisation is a member already."))
        else:
            messages.success(request, _("It is kept."))
            return redirect("network_werkplek:strategic")
    return shown(request, form, model._meta.verbose_name)


@login_required
@require_POST
def close(request: SignedInRequest, what: str, pk: int) -> HttpResponse:
    """A member leaves, a goal is reached, an action is done."""
    if not policies.can_keep_strategic_network(request.user):
        raise PermissionDenied
    fields = {"lid": "left_on", "doel": "reached_on", "actie": "done_on"}
    if what not in fields:
        raise Http404
    row = get_object_or_404(FORMS[what][1], pk=pk)
    keep(row, values={fields[what]: timezone.localdate()}, by=request.user)
    messages.success(request, _("It is kept."))
    return redirect("network_werkplek:strategic")
