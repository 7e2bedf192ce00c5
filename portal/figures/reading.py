"""Reading what was published. Only the room of dashboards and reports does (house.md B.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.figures.models import Figure
from portal.figures.months import last_months
from portal.figures.publications import Publication
from portal.regions.models import Municipality

MONTHS = 12
Numbers = list[int | None]


@dataclass(frozen=True)
class PlaceRow:
    """The numbers of one place by month; ``known`` says which months were published there."""

    name: str
    numbers: Numbers
    known: list[bool]


@dataclass(frozen=True)
class Series:
    """One publication over the last whole months."""

    publication: Publication
    months: list[date]
    rows: list[PlaceRow]

    @property
    def highest(self) -> int:
        """The largest number, for a scale."""
        return max((number or 0 for row in self.rows for number in row.numbers), default=0)


def can_read(user: User | AnonymousUser) -> bool:
    """Whoever sees figures, or totals only (domain.md 5.2)."""
    return user.is_authenticated and any(
        user.may(one) for one in (Permission.FIGURES_READ, Permission.FIGURES_TOTALS)
    )


def visible_q(user: User | AnonymousUser) -> Q:
    """The municipalities of the roles that see figures; and what is of no place in particular."""
    if not user.is_authenticated or not can_read(user):
        return Q(pk__in=[])
    places = user.municipalities_where(Permission.FIGURES_READ) | user.municipalities_where(
        Permission.FIGURES_TOTALS
    )
    return Q(municipality__in=places) | Q(municipality=None)


def series_of(
    publications: Iterable[Publication], *, user: User | AnonymousUser, today: date
) -> list[Series]:
    """The last year of each, where there is one; the places by name. Two queries."""
    wanted = list(publications)
    months = last_months(today, MONTHS)
    found: dict[str, dict[int | None, dict[date, int | None]]] = {}
    rows = Figure.objects.filter(
        visible_q(user), code__in=[one.code for one in wanted], month__gte=months[0]
    ).order_by()
    for code, month, place, number in rows.values_list("code", "month", "municipality", "number"):
        found.setdefault(code, {}).setdefault(place, {})[month] = number
    names: dict[int | None, str] = dict(Municipality.objects.values_list("pk", "name"))
    names[None] = ""  # the last one, without a name
    return [
        Series(
            one,
            months,
            [
                PlaceRow(
                    name,
                    [found[one.code][place].get(month) for month in months],
                    [month in found[one.code][place] for month in months],
                )
                for place, name in names.items()
                if place in found[one.code]
            ],
        )
        for one in wanted
        if one.code in found
    ]
