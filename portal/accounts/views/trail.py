"""Reading the audit trail; the audit room itself knows no users."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.accounts import policies
from portal.accounts.http import SignedInRequest
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.actions import ACTIONS
from portal.audit.models import AuditEvent

PER_PAGE = 50


class TrailFilterForm(forms.Form):
    """Which events the list shows."""

    action = forms.ChoiceField(
        label=_("Action"),
        required=False,
        choices=[("", _("All actions")), *((name, name) for name in sorted(ACTIONS))],
    )
    actor = forms.CharField(label=_("Who (reference)"), max_length=80, required=False)


@login_required
@require_safe
def trail(request: SignedInRequest) -> HttpResponse:
    """Events, newest first; names of people only for the FG."""
    if not policies.can_read_trail(request.user):
        raise PermissionDenied
    form = TrailFilterForm(request.GET or None)
    events = AuditEvent.objects.order_by("-pk")
    chosen = form.cleaned_data if form.is_valid() else {}
    for field in ("action", "actor"):
        if chosen.get(field):
            events = events.filter(**{field: chosen[field]})
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    whole = request.user.may(Permission.AUDIT_READ)
    return render(
        request,
        "accounts/trail.html",
        {
            "form": form,
            "page": page,
            "whole": whole,
            "names": names_of(page) if whole else {},
        },
    )


def names_of(events: object) -> dict[str, str]:
    """Reference to name, for the people on this page of the trail."""
    ids = [
        event.actor.removeprefix("user:")
        for event in events  # type: ignore[attr-defined]
        if event.actor.startswith("user:")
    ]
    return {user.reference: str(user) for user in User.objects.filter(public_id__in=ids)}
