"""The desk of the network coordinator: what the network asks for today, and imports."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.directory import policies
from network.directory.forms.desk import ImportForm, PhaseForm
from network.directory.models import CONFIRM_AFTER, CurrentPhase, Import, Organisation
from network.directory.querysets import OrganisationQuerySet
from network.directory.services.importing import (
    AlreadyApplied,
    UnreadableFile,
    apply_import,
    plan_import,
    read_table,
)
from network.directory.services.people import set_phase
from network.directory.workflow import Phase
from portal.accounts.http import SignedInRequest
from portal.accounts.roles import Permission

PER_PAGE = 25


def only_coordinators(request: SignedInRequest) -> None:
    """Refuse whoever keeps no network.

    Raises:
        PermissionDenied: No role of this person keeps a network today.
    """
    if not request.user.may(Permission.NETWORK_WORK):
        raise PermissionDenied


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def desk(request: SignedInRequest) -> HttpResponse:
    """What needs work, and how tense it is in each municipality."""
    only_coordinators(request)
    places = request.user.municipalities_where(Permission.NETWORK_WORK)
    form = PhaseForm(request.POST or None, places=places)
    if form.is_valid():
        data = form.cleaned_data
        set_phase(data["municipality"], phase=Phase(data["phase"]), by=request.user)
        messages.success(request, _("The phase is kept."))
        return redirect("network_werkplek:desk")
    mine = Organisation.objects.current().filter(policies.workable_q(request.user))
    return render(
        request,
        "network/directory/desk.html",
        {
            "form": form,
            "phases": CurrentPhase.objects.filter(municipality__in=places).select_related(
                "municipality"
            ),
            "figures": [
                {"title": _("Organisations"), "value": mine.count()},
                {"title": _("Cards to confirm"), "value": unconfirmed(request).count()},
            ],
        },
        status=422 if form.errors else 200,
    )


def unconfirmed(request: SignedInRequest) -> OrganisationQuerySet:
    """The cards nobody confirmed for half a year, of the municipalities this person keeps."""
    old = timezone.now() - CONFIRM_AFTER
    rows: OrganisationQuerySet = (
        Organisation.objects.current()
        .filter(policies.workable_q(request.user))
        .filter(Q(confirmed_at=None) | Q(confirmed_at__lt=old))
    )
    return rows


@never_cache
@login_required
@require_safe
def to_confirm(request: SignedInRequest) -> HttpResponse:
    """The cards to ask about, those that waited longest first."""
    only_coordinators(request)
    rows = unconfirmed(request).select_related("municipality").order_by("confirmed_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "network/directory/to_confirm.html", {"page": page})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new_import(request: SignedInRequest) -> HttpResponse:
    """Read a file and show what it would change."""
    only_coordinators(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan = plan_import(read_table(form.cleaned_data["file"]), by=request.user)
        except UnreadableFile as error:
            form.add_error("file", str(error))
        else:
            return redirect("network_werkplek:import", pk=plan.pk)
    return render(
        request,
        "network/directory/new_import.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@never_cache
@login_required
@require_safe
def planned_import(request: SignedInRequest, pk: str) -> HttpResponse:
    """What an import would change, or changed."""
    only_coordinators(request)
    recent = timezone.now() - timedelta(days=30)
    plan = get_object_or_404(Import, pk=pk, by=request.user, made_at__gte=recent)
    counts = dict.fromkeys(("new", "changed", "same", "wrong"), 0)
    for row in plan.rows:
        counts[row["state"]] += 1
    page = Paginator(plan.rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "network/directory/planned_import.html",
        {"plan": plan, "page": page, "counts": counts},
    )


@login_required
@require_POST
def carry_out_import(request: SignedInRequest, pk: str) -> HttpResponse:
    """Change what the plan says."""
    only_coordinators(request)
    plan = get_object_or_404(Import, pk=pk, by=request.user)
    try:
        done = apply_import(plan, by=request.user)
    except AlreadyApplied:
        messages.warning(request, _("This import was carried out already."))
    else:
        messages.success(request, _("%(number)d cards are new or changed.") % {"number": done})
    return redirect("network_werkplek:import", pk=plan.pk)
