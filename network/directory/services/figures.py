"""What the directory publishes every month."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from network.directory.models import KeyFigure, Organisation
from network.directory.workflow import KeyFigureState
from portal.figures.publications import Publication


def organisations(start: date, end: date) -> Mapping[int | None, int]:
    """The cards that are there."""
    return by_place(Organisation.objects.current())


def key_figures(start: date, end: date) -> Mapping[int | None, int]:
    """Who is active."""
    return by_place(KeyFigure.objects.filter(state=KeyFigureState.ACTIVE))


def by_place(rows: QuerySet[Any]) -> Mapping[int | None, int]:
    """How many of the rows each municipality has."""
    return dict(
        rows.order_by()
        .values("municipality")
        .annotate(number=Count("pk"))
        .values_list("municipality", "number")
    )


PUBLICATIONS = (
    Publication(
        "organisaties",
        _("Organisations in the network"),
        _("Cards of organisations at the end of the month. It does not say how well we know them."),
        organisations,
        is_about_people=False,
        is_stock=True,
    ),
    Publication(
        "sleutelfiguren",
        _("Active key figures"),
        _("Key figures with an agreement at the end of the month."),
        key_figures,
        is_stock=True,
    ),
)
