"""Key figures: the own page of one, and the register of the coordinator."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.directory import policies
from network.directory.forms.key_figures import AgreementsForm, HelpForm, KeyFigureForm
from network.directory.models import Deployment, KeyFigure, Language
from network.directory.services.key_figures import (
    AppliedAlready,
    CannotBeAsked,
    NotReady,
    answer,
    apply,
    ask_for_help,
    candidates,
    change_own,
    move,
    note_agreements,
    totals,
)
from network.directory.workflow import (
    ALLOWED,
    DeploymentState,
    KeyFigureState,
    TransitionNotAllowed,
)
from portal.accounts.http import SignedInRequest
from portal.accounts.roles import Permission
from portal.regions.models import Area, Municipality

PER_PAGE = 25


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def own_page(request: SignedInRequest) -> HttpResponse:
    """Apply, say what one can do, answer requests, stop."""
    if not policies.can_have_profile(request.user):
        raise PermissionDenied
    figure = KeyFigure.objects.filter(user=request.user).exclude(state=KeyFigureState.ENDED).first()
    form = KeyFigureForm(request.POST or None, instance=figure)
    if form.is_valid():
        try:
            if figure is None:
                apply(form.cleaned_data["municipality"], values=form.values(), by=request.user)
            else:
                change_own(figure, values=form.values(), by=request.user)
        except AppliedAlready:
            form.add_error("municipality", _("You applied here already."))
        else:
            messages.success(request, _("Kept. A network coordinator will speak with you."))
            return redirect("network:key_figure")
    return render(
        request,
        "network/directory/own_key_figure.html",
        {
            "form": form,
            "figure": KeyFigure.objects.get(pk=figure.pk) if figure else None,
            "deployments": figure.deployments.select_related("area")[:50] if figure else [],
            "today": timezone.localdate(),
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say yes or no."""
    found = get_object_or_404(
        Deployment.objects.visible_to(request.user).select_related("key_figure"), pk=pk
    )
    to = request.POST.get("answer", "")
    if to not in DeploymentState.values:
        raise PermissionDenied
    answer(found, to=DeploymentState(to), by=request.user)
    messages.success(request, _("Thank you. Your answer is kept."))
    if found.key_figure.user_id == request.user.pk:
        return redirect("network:key_figure")
    return redirect("network_werkplek:key_figure", pk=found.key_figure_id)


@login_required
@require_POST
def stop(request: SignedInRequest) -> HttpResponse:
    """End the own road at any moment."""
    rows = KeyFigure.objects.filter(user=request.user).exclude(state=KeyFigureState.ENDED)
    for figure in rows:
        move(figure, to=KeyFigureState.ENDED, by=request.user)
    messages.success(request, _("You have stopped as a key figure. Thank you for what you did."))
    return redirect("network:landing")


@never_cache
@login_required
@require_safe
def register(request: SignedInRequest) -> HttpResponse:
    """Whom the coordinator works with; others with totals see only how many."""
    if not policies.can_see_totals(request.user):
        raise PermissionDenied
    rows = (
        KeyFigure.objects.visible_to(request.user)
        .filter(municipality__in=request.user.municipalities_where(Permission.KEY_FIGURES_READ))
        .select_related("user", "municipality")
        .order_by("state", "user__name", "pk")
    )
    if (state := request.GET.get("staat", "")) in KeyFigureState.values:
        rows = rows.filter(state=state)
    return render(
        request,
        "network/directory/key_figures.html",
        {
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
            "may_read": request.user.may(Permission.KEY_FIGURES_READ),
            "may_work": request.user.may(Permission.KEY_FIGURES_WORK),
            "totals": totals(),
            "states": KeyFigureState.choices,
            "state": state,
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def key_figure(request: SignedInRequest, pk: int) -> HttpResponse:
    """One key figure: what was agreed, what is next."""
    figure = visible(request, pk)
    may_work = (
        policies.can_work_with_key_figures(request.user, figure.municipality_id)
        and figure.user_id != request.user.pk
    )
    if request.method == "POST" and not may_work:
        raise PermissionDenied
    form = AgreementsForm(request.POST or None, instance=figure)
    if form.is_valid():
        stored = KeyFigure.objects.get(pk=figure.pk)
        note_agreements(stored, values=form.cleaned_data, by=request.user)
        messages.success(request, _("The agreements are kept."))
        return redirect("network_werkplek:key_figure", pk=pk)
    stored = visible(request, pk)
    return render(
        request,
        "network/directory/key_figure.html",
        {
            "figure": stored,
            "form": form,
            "may_work": may_work,
            "next": [(state.value, state.label) for state in ALLOWED[KeyFigureState(stored.state)]],
            "steps": stored.steps.select_related("by")[:50],
            "deployments": stored.deployments.select_related("area")[:50],
        },
        status=422 if form.errors else 200,
    )


def visible(request: SignedInRequest, pk: int) -> KeyFigure:
    """The key figure, when this person may see it in the register."""
    rows = KeyFigure.objects.visible_to(request.user).filter(
        municipality__in=request.user.municipalities_where(Permission.KEY_FIGURES_READ)
    )
    return get_object_or_404(rows.select_related("user", "municipality"), pk=pk)


@login_required
@require_POST
def step(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the next step."""
    figure = visible(request, pk)
    to = request.POST.get("to", "")
    if to not in KeyFigureState.values:
        raise PermissionDenied
    try:
        move(figure, to=KeyFigureState(to), by=request.user)
    except TransitionNotAllowed:
        messages.warning(request, _("That step is not possible from here."))
    except NotReady:
        messages.warning(
            request,
            _("First keep a good reference, the agreement and the declaration of interests."),
        )
    else:
        messages.success(request, _("The step is made."))
    return redirect("network_werkplek:key_figure", pk=pk)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def help_request(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask key figures of a municipality to help, by area and language."""
    place = get_object_or_404(Municipality, slug=slug)
    if not policies.can_work_with_key_figures(request.user, place.pk):
        raise PermissionDenied
    areas = Area.objects.filter(municipality=place)
    wanted = request.POST or request.GET
    people = candidates(
        place,
        area=chosen(areas, wanted.get("area", "")),
        language=chosen(Language.objects.all(), wanted.get("language", "")),
        user=request.user,
    )
    choices = KeyFigure.objects.filter(pk__in=[one.pk for one in people]).select_related("user")
    form = HelpForm(request.POST or None, areas=areas, people=choices, initial=request.GET.dict())
    if form.is_valid():
        data = form.cleaned_data
        asked = 0
        for figure in data["people"]:
            try:
                ask_for_help(
                    figure,
                    activity=data["activity"],
                    on=data["on"],
                    area=data["area"],
                    by=request.user,
                )
            except CannotBeAsked:
                continue
            asked += 1
        messages.success(request, _("Asked: %(number)d.") % {"number": asked})
        return redirect("network_werkplek:key_figures")
    return render(
        request,
        "network/directory/help_request.html",
        {"form": form, "place": place, "people": people},
        status=422 if form.errors else 200,
    )


def chosen(rows: Any, value: str) -> Any:
    """The row with this key, or nothing."""
    return rows.filter(pk=int(value)).first() if value.isdecimal() and len(value) < 10 else None
