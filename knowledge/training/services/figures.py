"""What training publishes every month."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from knowledge.training.models import Certificate, Learner
from portal.figures.publications import Publication


def trained(start: date, end: date) -> Mapping[int | None, int]:
    """How many learners hold a certificate that is valid, by where they work."""
    holders = Certificate.objects.filter(issued_on__lt=end, valid_until__gte=end).values("user")
    rows = Learner.objects.filter(user__in=holders).order_by().values("municipality")
    return dict(rows.annotate(number=Count("pk")).values_list("municipality", "number"))


def certified(start: date, end: date) -> Mapping[int | None, int]:
    """How many certificates were given."""
    return {None: Certificate.objects.filter(issued_on__gte=start, issued_on__lt=end).count()}


PUBLICATIONS = (
    Publication(
        "training",
        _("People with a certificate that is valid"),
        _("Who passed at least one module, where they say they work, at the end of the month."),
        trained,
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
