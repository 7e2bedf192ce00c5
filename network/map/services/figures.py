"""What the map publishes every month: whether everywhere somebody works on everything."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from network.directory.models import Organisation, Sector
from portal.figures.publications import Publication
from portal.regions.models import Municipality


def sectors_covered(start: date, end: date) -> Mapping[int | None, int]:
    """In how many sectors somebody works in each municipality, or in the whole region."""
    where = dict(Organisation.objects.current().values_list("pk", "municipality_id"))
    found: dict[int | None, set[int]] = {}
    for card, sector in Organisation.sectors.through.objects.values_list(
        "organisation_id", "sector_id"
    ):
        if card in where:
            found.setdefault(where[card], set()).add(sector)
    everywhere = found.pop(None, set())
    known = set(Sector.objects.values_list("pk", flat=True))
    return {
        place: len(known & (found.get(place, set()) | everywhere))
        for place in Municipality.objects.values_list("pk", flat=True)
    }


PUBLICATIONS = (
    Publication(
        "dekking",
        _("Fields of work with somebody in them"),
        _("For how many fields of work the network knows an organisation here. The rest is white."),
        sectors_covered,
        is_about_people=False,
        is_stock=True,
    ),
)
