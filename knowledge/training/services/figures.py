"""What training publishes every month."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from knowledge.training.models import Certificate
from portal.figures.publications import Publication


def trained(start: date, end: date) -> Mapping[int | None, int]:
    """How many people hold a certificate that is valid.

    Of the whole network: beside the coverage by organisation a number for each municipality would
    be a total, which tells the small number that was hidden there.
    """
    valid = Certificate.objects.filter(issued_on__lt=end, valid_until__gte=end)
    return {None: valid.order_by().values("user").distinct().count()}


def certified(start: date, end: date) -> Mapping[int | None, int]:
    """How many certificates were given."""
    return {None: Certificate.objects.filter(issued_on__gte=start, issued_on__lt=end).count()}


PUBLICATIONS = (
    Publication(
        "training",
        _("People with a certificate that is valid"),
        _("Who passed at least one module and need not do it again yet, at the end of the month."),
        trained,
        is_by_place=False,
        is_stock=True,
    ),
    Publication(
        "certificaten",
        _("Training certificates"),
        _("How many tests were passed in the month."),
        certified,
        is_by_place=False,
    ),
)
