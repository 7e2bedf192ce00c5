"""What the exchange publishes every month."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from network.exchange.models import Question
from portal.figures.publications import Publication


def asked(start: date, end: date) -> Mapping[int | None, int]:
    """How many questions and discussions began."""
    rows = Question.objects.there()
    return {None: rows.filter(written_at__date__gte=start, written_at__date__lt=end).count()}


def unanswered(start: date, end: date) -> Mapping[int | None, int]:
    """How many questions wait for an answer."""
    return {None: Question.objects.there().unanswered().count()}


PUBLICATIONS = (
    Publication(
        "vragen",
        _("Questions and discussions in the network"),
        _("How many began in the month, in all groups together."),
        asked,
        is_by_place=False,
    ),
    Publication(
        "vragen-zonder-antwoord",
        _("Questions without an answer"),
        _("How many waited for an answer at the end of the month."),
        unanswered,
        is_by_place=False,
        is_stock=True,
    ),
)
