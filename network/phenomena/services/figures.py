"""What the phenomena publish every month."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from network.phenomena.models import MonthlyCount
from portal.figures.publications import Publication


def observations(start: date, end: date) -> Mapping[int | None, int]:
    """How many observations were part of a phenomenon, by where they were made."""
    return dict(
        MonthlyCount.objects.filter(month=start)
        .order_by()
        .values("municipality")
        .annotate(total=Sum("number"))
        .values_list("municipality", "total")
    )


PUBLICATIONS = (
    Publication(
        "fenomenen",
        _("Observations of phenomena online"),
        _("How often ambassadors described something. It says little about how often it happens."),
        observations,
    ),
)
