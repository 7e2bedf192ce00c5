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
from network.directory.forms import ActionPointForm, GoalForm, MeetingForm, MemberForm
from network.directory.models import ActionPoint, Goal, Meeting, Member
from network.directory.services.strategic import IsMemberAlready, gaps, keep
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
            "goals": Goal.objects.all()[:MOST],
            "meetings": Meeting.objects.all()[:20],
            "actions": ActionPoint.objects.filter(done_on=None).select_related("organisation")[
                :MOST
            ],
        },
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
    return render(
        request,
        "network/directory/strategic_form.html",
        {"form": form, "title": model._meta.verbose_name},
        status=422 if form.errors else 200,
    )


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
