"""The coordinator: which events count for which module."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.training.forms.register import CountingForm
from knowledge.training.models import CountingEvent
from knowledge.training.services import attending
from knowledge.training.views.coordinating import coordinate
from knowledge.training.views.typed import typed
from portal.accounts.http import SignedInRequest

PER_PAGE = 25


@never_cache
@login_required
@require_safe
def events(request: SignedInRequest) -> HttpResponse:
    """Events to come and of the last quarter, with the module that each counts for."""
    coordinate(request)
    rows = attending.events_to_count(request.user)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counting = CountingEvent.objects.filter(event__in=[one.pk for one in page])
    modules = {one.event_id: one.module.title for one in counting.select_related("module")}
    entries = [(one, modules.get(one.pk, "")) for one in page]
    context = {"page": page, "entries": entries}
    return render(request, "knowledge/training/coordinator/events.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name the module that an event counts for, or none."""
    coordinate(request)
    found = get_object_or_404(attending.events_to_count(request.user), pk=pk)
    before = CountingEvent.objects.filter(event=found).first()
    form = CountingForm(typed(request), initial={"module": before and before.module_id})
    if form.is_valid():
        attending.count_for(found, module=form.cleaned_data["module"], by=request.user)
        messages.success(request, _("Saved. Who was checked in before counts within a minute."))
        return redirect("training_werkplek:events")
    context = {"form": form, "event": found}
    status = 422 if form.errors else 200
    return render(request, "knowledge/training/coordinator/event.html", context, status=status)
