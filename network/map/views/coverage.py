"""The coverage matrix and its white spots."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from network.directory.models import Sector
from network.directory.policies import can_work
from network.map import policies
from network.map.forms import ActionForm, CoverageForm
from network.map.models import WhiteSpotAction
from network.map.services.contacts import HasAnAction, finish_action, plan_action
from network.map.services.coverage import matrix, white_spots
from portal.accounts.http import SignedInRequest
from portal.accounts.roles import Permission

MOST_SHOWN = 200


@never_cache
@login_required
@require_http_methods(["GET", "HEAD"])
def coverage(request: SignedInRequest) -> HttpResponse:
    """Who works where on what, and where nobody does."""
    if not policies.can_see_map(request.user):
        raise PermissionDenied
    form = CoverageForm(request.GET or None)
    form.is_valid()
    place = getattr(form, "cleaned_data", {}).get("gemeente")
    rows = matrix(place=place, user=request.user, today=timezone.localdate())
    actions = WhiteSpotAction.objects.filter(done_at=None).select_related(
        "sector", "municipality", "area"
    )
    planned = {(one.sector_id, one.municipality_id, one.area_id) for one in actions}
    spots = [
        {
            "cell": cell,
            "is_planned": (
                cell.sector.pk,
                cell.place.municipality.pk,
                cell.place.area.pk if cell.place.area else None,
            )
            in planned,
            "may_plan": can_work(request.user, cell.place.municipality.pk),
        }
        for cell in white_spots(rows)[:MOST_SHOWN]
    ]
    places = request.user.municipalities_where(Permission.NETWORK_WORK)
    return render(
        request,
        "network/map/coverage.html",
        {
            "form": form,
            "rows": rows,
            "sectors": Sector.objects.all(),
            "spots": spots,
            "single": [cell for row in rows for cell in row.cells if cell.count == 1][:MOST_SHOWN],
            "actions": actions.filter(municipality__in=places)[:MOST_SHOWN],
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new_action(request: SignedInRequest) -> HttpResponse:
    """Say what is done about a white spot."""
    if not policies.can_keep_node(request.user, None):
        raise PermissionDenied
    initial = {name: request.GET.get(name, "") for name in ("sector", "municipality", "area")}
    form = ActionForm(request.POST or None, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        if not can_work(request.user, data["municipality"].pk):
            form.add_error("municipality", _("You do not keep the network of this municipality."))
        else:
            try:
                plan_action(**data, by=request.user)
            except HasAnAction:
                form.add_error("sector", _("Somebody works on this white spot already."))
            else:
                messages.success(request, _("The action is planned."))
                return redirect("network:coverage")
    return render(
        request,
        "network/map/action_form.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def finished(request: SignedInRequest, pk: int) -> HttpResponse:
    """The action is done."""
    places = request.user.municipalities_where(Permission.NETWORK_WORK)
    action = get_object_or_404(WhiteSpotAction, pk=pk, municipality__in=places)
    finish_action(action, by=request.user)
    messages.success(request, _("The action is done."))
    return redirect("network:coverage")
