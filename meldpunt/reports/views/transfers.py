"""The record of transfers."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldpunt.reports.forms.desk import recorded_fields
from meldpunt.reports.services.transfers import transfers_for
from meldpunt.reports.views.workspace import around, with_keys
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.http import SignedInRequest

PER_PAGE = 25


@require_safe
@with_keys
def transfers(request: SignedInRequest, keys: UnlockedKeys) -> HttpResponse:
    """Every transfer of the own meldpunten that is on record."""
    page = Paginator(transfers_for(request.user, keys=keys), PER_PAGE).get_page(
        request.GET.get("page")
    )
    channels = dict(recorded_fields()["transfer_channel"].choices)  # type: ignore[attr-defined]
    rows = [
        {
            **one.told,
            "ref": one.report.shown_ref,
            "channel": channels.get(one.told.get("transfer_channel"), ""),
            "confirmed": date.fromisoformat(one.told["confirmed_on"]),
        }
        for one in page
    ]
    context = around(request, page=page, rows=rows)
    return render(request, "meldpunt/reports/desk/transfers.html", context)
