"""The figures that the rooms published, for whoever may see them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.figures import reading
from portal.figures.plots import bars
from portal.figures.publications import publication
from portal.figures.reading import PlaceRow, Series
from portal.figures.tables import table

PER_PAGE = 25
HIDDEN = "x"


@never_cache
@login_required
@require_safe
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """One figure of all places this person may see, as drawings and as a table."""
    series = asked_for(request, code)
    page = Paginator(series.rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "home/figure.html",
        {"series": series, "page": page, "drawings": drawings(series, list(page))},
    )


@never_cache
@login_required
@require_safe
def figure_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a file; a hidden number is an x, and empty is a month that is not published."""
    series = asked_for(request, code)
    columns = [_("Municipality"), *(f"{month:%Y-%m}" for month in series.months)]
    rows = [[row.name or _("No place"), *cells(row)] for row in series.rows]
    response = HttpResponse(table(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.csv"'
    return response


def asked_for(request: HttpRequest, code: str) -> Series:
    """The figure with this code.

    Raises:
        PermissionDenied: The visitor sees no figures.
        Http404: Nothing was published under this code.
    """
    if not reading.can_read(request.user):
        raise PermissionDenied
    one = publication(code)
    found = one and reading.series_of([one], user=request.user, today=timezone.localdate())
    if not found:
        raise Http404
    return found[0]


def cells(row: PlaceRow) -> list[str]:
    """The numbers of a row as words: a sign for what is hidden, nothing for what is not there."""
    return [
        "" if not is_known else HIDDEN if number is None else str(number)
        for number, is_known in zip(row.numbers, row.known, strict=True)
    ]


def drawings(series: Series, rows: list[PlaceRow]) -> list[dict[str, Any]]:
    """Each row with its drawing, its cells and its newest number."""
    return [
        {
            "name": row.name,
            "drawing": bars(row.numbers, known=row.known, highest=series.highest),
            "cells": cells(row),
            "newest": newest(row),
        }
        for row in rows
    ]


def newest(row: PlaceRow) -> str:
    """The number of the last month, when there is one to show."""
    return cells(row)[-1] if row.known[-1] else ""
