"""Numbers of reports for who answers for a meldpunt."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meldpunt.reports.services.totals import totals_for
from portal.accounts.http import SignedInRequest


@require_safe
@login_required
def totals(request: SignedInRequest) -> HttpResponse:
    """A number for each quarter that is over, where it is not too small to show."""
    found = totals_for(request.user, today=timezone.localdate())
    if not found.rows:
        raise Http404
    return render(request, "meldpunt/reports/desk/totals.html", {"totals": found})
