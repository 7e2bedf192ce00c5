"""The list of reports, its filters, and the views that somebody keeps."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from meldpunt.reports.forms.worklist import (
    Deadline,
    Mine,
    WorklistForm,
    fits_deadline,
    fits_person,
)
from meldpunt.reports.services import saved_views
from meldpunt.reports.services.worklist import Unreadable, Work, record_listing, worklist
from meldpunt.reports.views.desk import line_of, names_of, unreadable
from meldpunt.reports.views.workspace import around, with_keys
from meldpunt.vault.services.holders import keys_are_at_risk
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.http import SignedInRequest
from portal.accounts.models import User
from portal.regions.models import Area, Municipality

PER_PAGE = 25
PRESETS = [
    (gettext_lazy("My reports"), f"wie={Mine.ME}"),
    (gettext_lazy("Nobody's yet"), f"wie={Mine.NOBODY}"),
    (gettext_lazy("Too late"), f"termijn={Deadline.LATE}"),
    (gettext_lazy("New message"), "bericht=on"),
    (gettext_lazy("Waits for a second person"), f"wie={Mine.SECOND}"),
]


@require_safe
@with_keys
def reports(request: SignedInRequest, keys: UnlockedKeys) -> HttpResponse:
    """Every report of the own municipalities, the most urgent deadline first."""
    places = {index.municipality for index in keys.indexes}
    areas = areas_of(keys)
    form = WorklistForm(request.GET, areas=areas.items())
    unknown = set(request.GET) - form.addresses() - {"page"}
    kept = saved_of(request.user, areas)
    if unknown or not form.is_valid():
        context = around(request, form=form, kept=kept, presets=PRESETS)
        return render(request, "meldpunt/reports/desk/list.html", context, status=400)
    try:
        work = worklist(request.user, keys=keys, closed=form.cleaned_data["gesloten"])
    except Unreadable:
        return unreadable(request)
    chosen = narrowed(work, form.cleaned_data, request.user)
    filters = [name for name, value in form.cleaned_data.items() if value]
    record_listing(request.user, chosen, filters=filters)
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    names = names_of(one.entry.assignee for one in page)
    own = list(Municipality.objects.filter(pk__in=places))
    context = around(
        request,
        form=form,
        page=page,
        rows=[line_of(one, areas, names) for one in page],
        filters=filters,
        at_risk=[place for place in own if keys_are_at_risk(place)],
        kept=kept,
        presets=PRESETS,
        query=form.kept(),
        places=own,
    )
    return render(request, "meldpunt/reports/desk/list.html", context)


@require_POST
@with_keys
def keep_view(request: SignedInRequest, keys: UnlockedKeys) -> HttpResponse:
    """Keep the filter that is on the screen."""
    form = WorklistForm(QueryDict(request.POST.get("weergave", "")), areas=areas_of(keys).items())
    query = form.kept() if form.is_valid() else ""
    address = reverse("meldpunt_werkplek:reports")
    if not query:
        messages.error(request, _("Choose a filter first."))
        return redirect(address)
    try:
        saved_views.keep_view(query=query, by=request.user)
    except saved_views.TooManyViews:
        messages.error(request, _("You keep twelve views already. Drop one first."))
    return redirect(f"{address}?{query}")


@require_POST
@with_keys
def drop_view(request: SignedInRequest, keys: UnlockedKeys, pk: int) -> HttpResponse:
    """Forget one of the own views."""
    saved_views.drop_view(pk, by=request.user)
    return redirect("meldpunt_werkplek:reports")


def narrowed(work: list[Work], chosen: dict[str, Any], user: User) -> list[Work]:
    """The lines that belong in the list that was asked for."""
    on = timezone.localdate()
    longest = timedelta(days=settings.MELDPUNT_DEADLINES["escalate_calendar_days"])
    rules: list[tuple[str, Callable[[Work, Any], bool]]] = [
        ("nummer", lambda one, value: one.ref == value),
        ("staat", lambda one, value: one.entry.state == value),
        ("soort", lambda one, value: one.entry.kind == value),
        ("wijk", lambda one, value: str(one.entry.area) == value),
        ("van", lambda one, value: one.entry.received >= value),
        ("tot", lambda one, value: one.entry.received <= value),
        ("wie", lambda one, value: fits_person(one.entry, value, user)),
        ("termijn", lambda one, value: fits_deadline(one.entry, value, on=on, longest=longest)),
        ("bericht", lambda one, value: one.entry.reporter_wrote),
    ]
    for name, rule in rules:
        if value := chosen[name]:
            work = [one for one in work if rule(one, value)]
    return work


def areas_of(keys: UnlockedKeys) -> dict[int, str]:
    """The areas of the municipalities whose reports can be opened, by number."""
    places = {index.municipality for index in keys.indexes}
    return dict(Area.objects.filter(municipality__in=places).values_list("pk", "name"))


def saved_of(user: User, areas: dict[int, str]) -> list[dict[str, Any]]:
    """The kept views in words; one that does not fit any more is left out."""
    found = []
    for view in saved_views.views_of(user):
        form = WorklistForm(QueryDict(view.query), areas=areas.items())
        if form.is_valid():
            found.append({"pk": view.pk, "query": view.query, "words": form.in_words()})
    return found
