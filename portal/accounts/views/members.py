"""Who has which role: the list, the letters, and the second pair of eyes."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from portal.accounts import policies
from portal.accounts.forms import GrantForm, InviteForm, MemberFilterForm
from portal.accounts.http import SignedInRequest
from portal.accounts.managers import MembershipQuerySet
from portal.accounts.models import Invitation, Membership, User
from portal.accounts.roles import Permission
from portal.accounts.services import (
    CannotApprove,
    RolesExclude,
    approve_role,
    end_role,
    grant_role,
)
from portal.accounts.services.invitations import invite, withdraw_invitation

PER_PAGE = 25


@login_required
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    """The roles that this person may see, filtered by the address."""
    if not policies.can_see_people(request.user):
        raise PermissionDenied
    form = MemberFilterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    visible = Membership.objects.filter(policies.visible_memberships_q(request.user))
    rows = filtered(visible.select_related("user", "municipality"), chosen)
    waiting = visible.waiting().select_related("user", "municipality", "granted_by")
    return render(
        request,
        "accounts/people.html",
        {
            "form": form,
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
            "waiting": [row for row in waiting if policies.can_approve(request.user, row)],
            "invitations": open_invitations(request.user),
            "may_grant": policies.can_grant_any(request.user),
            "may_end": request.user.may(Permission.USERS_MANAGE)
            or request.user.may(Permission.USERS_INVITE),
        },
    )


def filtered(rows: MembershipQuerySet, chosen: dict[str, Any]) -> MembershipQuerySet:
    """Keep the roles that the filters ask for, by name."""
    today = timezone.localdate()
    match chosen.get("state"):
        case "waiting":
            rows = rows.filter(needs_approval=True, approved_by=None, ended_at=None)
        case "ending":
            rows = rows.valid().filter(valid_until__lte=today + timedelta(days=30))
        case "ended":
            rows = rows.filter(Q(ended_at__isnull=False) | Q(valid_until__lt=today))
        case _:
            rows = rows.valid()
    if chosen.get("role"):
        rows = rows.filter(role=chosen["role"])
    if chosen.get("municipality"):
        rows = rows.filter(municipality=chosen["municipality"])
    if text := chosen.get("q"):
        rows = rows.filter(Q(user__name__icontains=text) | Q(user__email__icontains=text))
    return rows.order_by("user__name", "role", "pk")


def open_invitations(user: User) -> list[Invitation]:
    """Letters that still work, of places where ``user`` invites; at most fifty."""
    rows = Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    ).select_related("municipality")[:50]
    return [row for row in rows if policies.can_grant(user, row.role, row.municipality)]


@login_required
@require_http_methods(["GET", "POST"])
def new_invitation(request: SignedInRequest) -> HttpResponse:
    """Invite somebody who has no account."""
    if not policies.can_grant_any(request.user):
        raise PermissionDenied
    form = InviteForm(request.POST or None, by=request.user)
    if form.is_valid():
        data = form.cleaned_data
        invite(
            data["email"],
            name=data["name"],
            role=data["role"],
            municipality=data["municipality"],
            by=request.user,
        )
        messages.success(request, _("The invitation is sent. The link works for 14 days."))
        return redirect("accounts_werkplek:people")
    return render(
        request,
        "accounts/invite.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@login_required
@require_http_methods(["GET", "POST"])
def new_role(request: SignedInRequest) -> HttpResponse:
    """Give a role to somebody with an account."""
    if not policies.can_grant_any(request.user):
        raise PermissionDenied
    form = GrantForm(request.POST or None, by=request.user)
    if form.is_valid() and form.user:
        data = form.cleaned_data
        try:
            membership = grant_role(
                form.user,
                role=data["role"],
                municipality=data["municipality"],
                valid_until=data["valid_until"],
                by=request.user,
            )
        except RolesExclude:
            form.add_error("role", _("This person holds a role that excludes this one."))
        else:
            text = _("The role is given.")
            if membership.needs_approval:
                text = _("The role waits for a second person.")
            messages.success(request, text)
            return redirect("accounts_werkplek:people")
    return render(
        request,
        "accounts/grant.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Be the second person (GR-11)."""
    membership = get_object_or_404(visible(request), pk=pk)
    try:
        approve_role(membership, by=request.user)
    except CannotApprove as error:
        raise PermissionDenied from error
    messages.success(request, _("The role is approved and counts from now on."))
    return redirect("accounts_werkplek:people")


@login_required
@require_http_methods(["GET", "POST"])
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once more, then end a role."""
    membership = get_object_or_404(visible(request).filter(ended_at=None), pk=pk)
    if not policies.can_end(request.user, membership):
        raise PermissionDenied
    if request.method == "POST":
        end_role(membership, by=request.user)
        messages.success(request, _("The role has ended."))
        return redirect("accounts_werkplek:people")
    return render(request, "accounts/end_role.html", {"membership": membership})


@login_required
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    withdraw_invitation(get_object_or_404(Invitation, pk=pk, accepted_at=None), by=request.user)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts_werkplek:people")


def visible(request: SignedInRequest) -> MembershipQuerySet:
    """The roles this person may see at all."""
    return Membership.objects.filter(policies.visible_memberships_q(request.user)).select_related(
        "user", "municipality"
    )
