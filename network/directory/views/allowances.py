"""The agreement with a key figure on paper, and allowances for what they did."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.directory import policies
from network.directory.forms.allowances import ClaimForm, GrantForm
from network.directory.models import Deployment, KeyFigure
from network.directory.services.allowances import CannotClaim, CannotGrant, claim, grant
from network.directory.views.key_figures import visible
from network.directory.workflow import KeyFigureState
from portal.accounts.http import SignedInRequest


@never_cache
@login_required
@require_safe
def own_agreement(request: SignedInRequest) -> HttpResponse:
    """What was agreed with me, to read and to print."""
    rows = KeyFigure.objects.filter(user=request.user, agreed_on__isnull=False)
    rows = rows.exclude(state=KeyFigureState.ENDED)
    return agreement_of(request, get_object_or_404(rows.select_related("user", "municipality")))


@never_cache
@login_required
@require_safe
def agreement(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agreement of one key figure, for who works with them."""
    return agreement_of(request, visible(request, pk))


def agreement_of(request: SignedInRequest, figure: KeyFigure) -> HttpResponse:
    """The agreement on one page, without what was said of a reference."""
    return render(request, "network/directory/agreement.html", {"figure": figure})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def own_claim(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask an allowance for what I did."""
    rows = Deployment.objects.filter(key_figure__user=request.user).select_related("key_figure")
    found = get_object_or_404(rows, pk=pk)
    form = ClaimForm(typed(request), initial={"euros": found.euros if found.cents else None})
    if form.is_valid():
        try:
            claim(found, euros=form.cleaned_data["euros"], by=request.user)
        except CannotClaim:
            form.add_error(None, _("For this activity no allowance can be asked now."))
        else:
            messages.success(request, _("Your declaration is sent."))
            return redirect("network:key_figure")
    return shown(request, found, form, "network/directory/claim.html")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def grant_claim(request: SignedInRequest, pk: int) -> HttpResponse:
    """Grant an allowance, after saying to have no interest in it."""
    rows = Deployment.objects.visible_to(request.user).exclude(key_figure__user=request.user)
    found = get_object_or_404(rows.select_related("key_figure__user"), pk=pk)
    if not policies.can_work_with_key_figures(request.user, found.key_figure.municipality_id):
        raise PermissionDenied
    form = GrantForm(typed(request))
    if form.is_valid():
        try:
            grant(found, has_no_interest=form.cleaned_data["no_interest"], by=request.user)
        except CannotGrant:
            form.add_error(None, _("There is no allowance to grant here."))
        else:
            messages.success(request, _("The allowance is granted."))
            return redirect("network_werkplek:key_figure", pk=found.key_figure_id)
    return shown(request, found, form, "network/directory/grant.html")


def typed(request: SignedInRequest) -> Any:
    """What was sent, also when it is nothing at all; none when nothing was sent."""
    return request.POST if request.method == "POST" else None


def shown(request: SignedInRequest, found: Deployment, form: Any, template: str) -> HttpResponse:
    """The form of an allowance."""
    return render(
        request,
        template,
        {"deployment": found, "form": form},
        status=422 if form.errors else 200,
    )
