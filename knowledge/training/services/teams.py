"""How far teams are with each module of a course: totals for who answers for them.

A team is one kind of work in one organisation. No names and no results: those are for the learner
and the coordinator (domain.md 1.3). The numbers are those of the coverage, hidden by the same
rule, so that two pages side by side tell no more than one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.training.models import CoverageTotal, ModulePage, TargetGroup
from knowledge.training.services.register import (
    CELLS,
    TOWN,
    cells_of,
    keep_fresh,
    line,
    suppressed,
)
from portal.accounts.models import User
from portal.audit.services import record
from portal.figures.small_numbers import FEWEST_SHOWN
from portal.regions.models import Municipality

TEAM = ("organisation", "target_group", "place")
COLUMNS = (
    "gemeente",
    "organisatie",
    "soort werk",
    "module",
    "mensen",
    "begonnen",
    "geldig",
    "verloopt binnen 60 dagen",
    "verlopen",
    "nog te doen",
    "geteld op",
)
HIDDEN = "verborgen"


@dataclass(frozen=True)
class Cell:
    """One team and one module; ``None`` is a number that stays hidden, or nobody at all."""

    people: int | None = None
    started: int | None = None
    valid: int | None = None
    expiring: int | None = None
    expired: int | None = None
    is_empty: bool = True

    @property
    def due(self) -> int | None:
        """How many still have to pass, where the other numbers tell it anyhow."""
        if self.people is None or self.valid is None or self.expired is None:
            return None
        return self.people - self.valid - self.expired


@dataclass(frozen=True)
class Team:
    """One line of the page."""

    organisation: str
    target_group: str
    municipality: str
    cells: list[Cell]


class Teams(Sequence[Team]):
    """The teams that follow one of the modules, fetched by the page."""

    def __init__(self, modules: Sequence[ModulePage], rows: QuerySet[CoverageTotal]) -> None:
        self.modules, self.rows = modules, rows
        self.keys = rows.order_by(*TEAM).values_list(*TEAM).distinct()

    def __len__(self) -> int:
        return self.keys.count()

    def __getitem__(self, place: Any) -> Any:
        return self.teams(list(self.keys[place]))

    def teams(self, keys: list[tuple[str, str, int]]) -> list[Team]:
        """These teams with a cell for each module. Two queries."""
        found: dict[tuple[str, str, int], dict[int, CoverageTotal]] = {key: {} for key in keys}
        for row in self.rows.filter(organisation__in={key[0] for key in keys}):
            key = (row.organisation, row.target_group, row.place)
            if key in found:
                found[key][row.module_id] = row
        names = dict(Municipality.objects.values_list("pk", "name"))
        return [
            Team(
                key[0] or _("not known"),
                str(TargetGroup(key[1]).label),
                names.get(key[2], ""),
                [cell_of(found[key].get(module.pk)) for module in self.modules],
            )
            for key in keys
        ]


def cell_of(row: CoverageTotal | None) -> Cell:
    """The numbers of a team that may be shown."""
    if row is None:
        return Cell()
    people = row.people if row.people >= FEWEST_SHOWN else None
    return Cell(people, is_empty=False, **cells_of(row))


def teams(modules: Sequence[ModulePage], today: date, *, only: Q) -> tuple[Teams, datetime | None]:
    """The teams that somebody may see, and when the oldest of their numbers was counted."""
    counted = keep_fresh(modules, today)
    rows = CoverageTotal.objects.filter(only, module__in=[module.pk for module in modules])
    return Teams(modules, rows), min(counted, default=None)


def as_csv(modules: Sequence[ModulePage], today: date, *, only: Q, by: User) -> Iterator[str]:
    """The teams line by line; the trail says that it was taken out."""
    keep_fresh(modules, today)
    titles = {module.pk: module.title for module in modules}
    rows = CoverageTotal.objects.filter(only, module__in=titles).annotate(town=TOWN)
    record("training.teams_exported", by=by.reference, details={"rows": rows.count()})
    yield line(COLUMNS)
    for row in rows.order_by(*TEAM, "module").iterator(500):
        shown, cell = suppressed(row), cell_of(row)
        numbers = [cell.people, *(shown.cells[name] for name in CELLS), cell.due]
        yield line(
            (
                shown.municipality,
                shown.organisation,
                row.target_group,
                titles[row.module_id],
                *(HIDDEN if number is None else number for number in numbers),
                timezone.localtime(row.counted_at).strftime("%Y-%m-%d %H:%M"),
            )
        )
