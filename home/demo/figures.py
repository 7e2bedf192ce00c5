"""A year of figures of the fictional region: invented, and published as any figure is."""

import random

from django.utils import timezone

from portal.figures.months import last_months
from portal.figures.publications import publications
from portal.figures.services import MONTHS_BACK, publish
from portal.regions.models import Municipality

SEED = 20
# From and to how many, for a municipality; of the whole network where there are no places.
BETWEEN = {
    "organisaties": (9, 14),
    "sleutelfiguren": (3, 9),
    "dekking": (5, 8),
    "fenomenen": (0, 3),
    "vragen": (6, 22),
    "vragen-zonder-antwoord": (0, 7),
    "training": (180, 260),
    "certificaten": (8, 60),
}


def make_figures(places: dict[str, Municipality]) -> int:
    """Publish twelve months of each; gives how many tables."""
    draw = random.Random(SEED)  # noqa: S311  (pictures of a demo, no secret)
    number = 0
    for one in publications():
        if one.code not in BETWEEN:
            continue
        least, most = BETWEEN[one.code]
        for month in last_months(timezone.localdate(), MONTHS_BACK):
            keys = [place.pk for place in places.values()] if one.is_by_place else [None]
            publish(one, month, {key: draw.randint(least, most) for key in keys})
            number += 1
    return number
