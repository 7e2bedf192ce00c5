"""What the phenomena publish every month."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from network.phenomena.models import MonthlyCount
from portal.figures.publications import Publication


def described(start: date, end: date) -> Mapping[int | None, int]:
    """Of how many phenomena somebody described something, by where that was.

    Not how often: beside the trend of each phenomenon that would be a total, which tells the small
    number that was hidden there.
    """
    return dict(
        MonthlyCount.objects.filter(month=start)
        .order_by()
        .values("municipality")
        .annotate(total=Count("phenomenon", distinct=True))
        .values_list("municipality", "total")
    )


PUBLICATIONS = (
    Publication(
        "fenomenen",
        _("Phenomena that somebody described"),
        _("Different phenomena online. It says nothing about how often they were seen."),
        described,
        is_about_people=False,
    ),
)
