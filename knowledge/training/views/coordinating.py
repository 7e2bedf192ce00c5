"""The training coordinator: register, coverage, enrolling, files, and the terugkomdag."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.training import policies
from knowledge.training.forms.register import EnrolForm, ImportForm, ModuleForm, RegisterFilterForm
from knowledge.training.models import ImportRun, ModulePage
from knowledge.training.services import enrolling, importing, register, return_days
from knowledge.training.standing import state_of
from knowledge.training.views.typed import typed
from network.events.models import Event
from portal.accounts.http import SignedInRequest

PER_PAGE = 50


def coordinate(request: SignedInRequest) -> None:
    """Let only the coordinator on.

    Raises:
        PermissionDenied: this person keeps no register.
    """
    if not policies.can_coordinate(request.user):
        raise PermissionDenied


@never_cache
@login_required
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    """Who follows what, filtered by the address."""
    coordinate(request)
    form = RegisterFilterForm(request.GET or None)
    rows = chosen_rows(form)
    today = timezone.localdate()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    entries = [(row, state_of(row, row.module, has_draft=False, today=today)) for row in page]
    context = {"form": form, "page": page, "entries": entries}
    return render(request, "knowledge/training/coordinator/people.html", context)


def chosen_rows(form: RegisterFilterForm) -> Any:
    """The enrolments that the filters ask for; all when they are wrong."""
    chosen = form.cleaned_data if form.is_valid() else {}
    return register.filtered(
        module=chosen.get("module"),
        state=chosen.get("state", ""),
        organisation=chosen.get("organisation", ""),
        today=timezone.localdate(),
    )


@never_cache
@login_required
@require_safe
def as_csv(request: SignedInRequest) -> HttpResponse | StreamingHttpResponse:
    """The register as a file."""
    coordinate(request)
    rows = chosen_rows(RegisterFilterForm(request.GET or None))
    lines = register.as_csv(rows, today=timezone.localdate(), by=request.user)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="trainingsregister.csv"'
    return response


@never_cache
@login_required
@require_safe
def codebook(request: SignedInRequest) -> HttpResponse:
    """What the columns of that file mean."""
    coordinate(request)
    response = HttpResponse(register.codebook(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="codeboek.csv"'
    return response


@never_cache
@login_required
@require_safe
def coverage(request: SignedInRequest) -> HttpResponse:
    """Totals of one module, per organisation and kind of work."""
    if not policies.can_see_coverage(request.user):
        raise PermissionDenied
    form = ModuleForm(request.GET or None)
    module = form.cleaned_data["module"] if form.is_valid() else form.first()
    seen = policies.totals_q(request.user)
    totals = register.coverage(module, timezone.localdate(), only=seen) if module else None
    page = Paginator([] if totals is None else totals, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "module": module, "page": page, "totals": totals}
    return render(request, "knowledge/training/coordinator/coverage.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def enrol(request: SignedInRequest) -> HttpResponse:
    """Ask people to follow a module, or make a link for it."""
    coordinate(request)
    form = EnrolForm(typed(request))
    link = ""
    if form.is_valid():
        data = form.cleaned_data
        if request.POST.get("deed") == "link":
            link = enrolling.link_for(form.page())
        else:
            users = enrolling.people_to_ask(**form.who())
            modules = enrolling.modules_of(form.page())
            number = enrolling.enrol(*modules, users=users, due_on=data["due_on"], by=request.user)
            messages.success(request, _("%(number)s people are asked.") % {"number": number})
            return redirect("training_werkplek:people")
    context = {"form": form, "link": link}
    status = 422 if form.errors else 200
    return render(request, "knowledge/training/coordinator/enrol.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def join(request: SignedInRequest, token: str) -> HttpResponse:
    """Enrol by a link."""
    if not policies.can_follow(request.user):
        raise PermissionDenied
    try:
        page = enrolling.page_of_link(token)
    except enrolling.LinkClosed:
        return render(request, "knowledge/training/join.html", {"page": None}, status=404)
    if request.method == "POST":
        enrolling.enrol_by_link(page, by=request.user)
        if isinstance(page, ModulePage):
            return redirect("training:test", page.slug)
        return redirect("training:mine")
    return render(request, "knowledge/training/join.html", {"page": page})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def imports(request: SignedInRequest) -> HttpResponse:
    """Offer a list of earlier attendance."""
    coordinate(request)
    form = ImportForm(typed(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        run = importing.read(file.read(), name=file.name, by=request.user)
        return redirect("training_werkplek:import", run.pk)
    page = Paginator(ImportRun.objects.defer("rows", "errors"), 20)
    context = {"form": form, "page": page.get_page(request.GET.get("page"))}
    status = 422 if form.errors else 200
    return render(request, "knowledge/training/coordinator/imports.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def one_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a file would do, and the button that does it."""
    coordinate(request)
    run = get_object_or_404(ImportRun, pk=pk)
    if request.method == "POST":
        try:
            number = importing.apply(run, by=request.user)
        except importing.NotReady:
            messages.error(request, _("Nothing was taken in: lines are wrong, or it was done."))
        else:
            messages.success(request, _("%(number)s lines were taken in.") % {"number": number})
        return redirect("training_werkplek:import", pk)
    page = Paginator(run.errors, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "knowledge/training/coordinator/import.html", {"run": run, "page": page})


@never_cache
@login_required
@require_safe
def return_day(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """The days for whoever was trained: audience, progress of the invitations, response."""
    coordinate(request)
    days = Event.objects.visible_to(request.user).filter(kind="terugkomdag", state="published")
    event = None if pk is None else get_object_or_404(days, pk=pk)
    context = {
        "days": days.order_by("-starts_at")[:20],
        "event": event,
        "audience": return_days.audience(timezone.localdate()).count(),
        "bars": return_days.response(event) if event else [],
    }
    return render(request, "knowledge/training/coordinator/return_day.html", context)


@login_required
@require_POST
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask everybody who was trained."""
    coordinate(request)
    event = get_object_or_404(
        Event.objects.visible_to(request.user), pk=pk, kind="terugkomdag", state="published"
    )
    run = return_days.invite_trained(event, today=timezone.localdate(), by=request.user)
    number = run.invitees.count()
    messages.success(request, _("%(number)s invitations are on their way.") % {"number": number})
    return redirect("training_werkplek:return_day", pk)
