"""The register: who follows what, in a list for the coordinator and in totals for others."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from knowledge.training.models import CoverageTotal, Enrolment, ModulePage, TargetGroup
from knowledge.training.standing import EXPIRING_DAYS
from portal.accounts.models import User
from portal.audit.services import record
from portal.figures.small_numbers import FEWEST_SHOWN
from portal.figures.tables import safe_cell
from portal.regions.models import Municipality

FRESH = timedelta(minutes=10)
CELLS = ("started", "valid", "expiring", "expired")
TOWN = Subquery(Municipality.objects.filter(pk=OuterRef("place")).values("name"))
COLUMNS = (
    "e-mailadres",
    "naam",
    "organisatie",
    "soort werk",
    "module",
    "uitgenodigd op",
    "begonnen op",
    "geslaagd op",
    "geldig tot en met",
    "stand",
)


@dataclass(frozen=True)
class Coverage:
    """How far one group in one organisation is; ``None`` is a number that stays hidden."""

    organisation: str
    target_group: str
    municipality: str
    people: int | None
    cells: dict[str, int | None]


def filtered(
    *, module: ModulePage | None, state: str, organisation: str, today: date
) -> QuerySet[Enrolment]:
    """The enrolments that the filters ask for."""
    rows = Enrolment.objects.select_related("user", "module", "learner")
    if module:
        rows = rows.filter(module=module)
    if organisation:
        rows = rows.filter(learner__organisation__icontains=organisation)
    soon = today + timedelta(days=EXPIRING_DAYS)
    states = {
        "invited": Q(started_at=None, valid_until=None),
        "started": Q(started_at__isnull=False, valid_until=None),
        "valid": Q(valid_until__gte=today),
        "expiring": Q(valid_until__gte=today, valid_until__lte=soon),
        "expired": Q(valid_until__lt=today),
    }
    if state in states:
        rows = rows.filter(states[state])
    return rows.order_by("valid_until", "pk")


class Totals(Sequence[Coverage]):
    """The totals of a module, fetched by the page."""

    def __init__(self, rows: QuerySet[CoverageTotal], counted_at: datetime) -> None:
        self.rows, self.counted_at = rows, counted_at

    def __len__(self) -> int:
        return self.rows.count()

    def __getitem__(self, place: Any) -> Any:
        found = self.rows[place]
        return [suppressed(row) for row in found] if isinstance(place, slice) else suppressed(found)

    def __iter__(self) -> Iterator[Coverage]:
        return map(suppressed, self.rows)


def coverage(module: ModulePage, today: date, *, only: Q | None = None) -> Totals:
    """Totals per organisation and kind of work, worked out at most every ten minutes.

    Who looks never waits for the counting, but the very first time. A number below five stays
    hidden, and so does one whose rest is below five (GR-15).

    Args:
        only: Whose totals may be seen, see ``policies.totals_q``.
    """
    counted_at = keep_fresh([module], today)[0]
    rows = CoverageTotal.objects.filter(only or Q(), module=module).annotate(town=TOWN)
    return Totals(rows, counted_at)


def keep_fresh(modules: Sequence[ModulePage], today: date) -> list[datetime]:
    """When each module was counted; old numbers are counted anew in the background. One query.

    A module without any number is counted at once, for whoever looks first.
    """
    rows = CoverageTotal.objects.filter(module__in=[module.pk for module in modules])
    newest = dict(rows.order_by().values_list("module").annotate(Max("counted_at")))
    wait = int(FRESH.total_seconds())
    for module in modules:
        counted_at = newest.get(module.pk)
        name = f"training-coverage:{module.pk}"
        if counted_at is None:
            newest[module.pk] = count_coverage(module, today)
        elif counted_at < timezone.now() - FRESH and cache.add(name, True, wait):
            count_again.enqueue(module.pk)
    return [newest[module.pk] for module in modules]


@transaction.atomic
def count_coverage(module: ModulePage, today: date) -> datetime:
    """Count the totals of a module anew; two who count at once write the same.

    Returns the moment that it was counted.
    """
    now, soon = timezone.now(), today + timedelta(days=EXPIRING_DAYS)
    found: Any = (
        Enrolment.objects.filter(module=module, learner__isnull=False)
        .values("learner__organisation", "learner__target_group", "learner__municipality")
        .annotate(
            people=Count("pk"),
            started=Count("pk", filter=Q(started_at__isnull=False)),
            valid=Count("pk", filter=Q(valid_until__gte=today)),
            expiring=Count("pk", filter=Q(valid_until__gte=today, valid_until__lte=soon)),
            expired=Count("pk", filter=Q(valid_until__lt=today)),
        )
        .order_by("learner__organisation", "learner__target_group", "learner__municipality")
    )
    CoverageTotal.objects.bulk_create(
        [
            CoverageTotal(
                module=module,
                organisation=row.pop("learner__organisation"),
                target_group=row.pop("learner__target_group"),
                place=row.pop("learner__municipality") or 0,
                counted_at=now,
                **row,
            )
            for row in found
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["module", "organisation", "target_group", "place"],
        update_fields=[*CELLS, "people", "counted_at"],
    )
    CoverageTotal.objects.filter(module=module, counted_at__lt=now).delete()
    return now


@task()
def count_again(number: int) -> None:
    """Count the totals of a module in the background, unless it is gone meanwhile."""
    module = ModulePage.objects.filter(pk=number).first()
    if module is not None:
        count_coverage(module, timezone.localdate())


def suppressed(row: CoverageTotal) -> Coverage:
    """A row of totals without the numbers that say too much."""
    return Coverage(
        row.organisation or _("not known"),
        str(TargetGroup(row.target_group).label),
        getattr(row, "town", None) or "",
        row.people if row.people >= FEWEST_SHOWN else None,
        cells_of(row),
    )


def cells_of(row: CoverageTotal) -> dict[str, int | None]:
    """The numbers of a row; ``None`` where one, or what is left beside it, is below five.

    Also what follows from several of them: who began and never passed, for one.
    """
    if row.people < FEWEST_SHOWN:
        return dict.fromkeys(CELLS)
    cells = {name: shown(getattr(row, name), row.people) for name in CELLS if name != "expiring"}
    while 0 < what_is_left(cells, row) < FEWEST_SHOWN:
        seen = {name: number for name, number in cells.items() if number is not None}
        cells[min(seen, key=lambda name: seen[name])] = None
    is_valid_shown = cells["valid"] is not None
    return {**cells, "expiring": shown(row.expiring, row.valid) if is_valid_shown else None}


def what_is_left(cells: dict[str, int | None], row: CoverageTotal) -> int:
    """How many people the shown numbers leave over: a number that anybody can work out."""
    told = (cells["valid"] or 0) + (cells["expired"] or 0)
    return (row.people if cells["started"] is None else row.started) - told


def shown(value: int, people: int) -> int | None:
    """The number, unless it or its rest is below five."""
    return value if FEWEST_SHOWN <= value <= people - FEWEST_SHOWN else None


def state_word(row: Enrolment, today: date) -> str:
    """One Dutch word for where somebody is, for the file."""
    if row.valid_until:
        return "geldig" if row.valid_until >= today else "verlopen"
    if row.failed_at:
        return "niet geslaagd"
    return "begonnen" if row.started_at else "uitgenodigd"


def as_csv(rows: QuerySet[Enrolment], *, today: date, by: User) -> Iterator[str]:
    """The register line by line; the trail says that it was taken out, and how much."""
    record("training.exported", by=by.reference, details={"rows": rows.count()})
    yield line(COLUMNS)
    for row in rows.iterator(500):
        learner = row.learner
        yield line(
            (
                row.user.email,
                row.user.name,
                learner.organisation if learner else "",
                learner.target_group if learner else "",
                row.module.slug,
                row.invited_at and timezone.localdate(row.invited_at),
                row.started_at and timezone.localdate(row.started_at),
                row.passed_at and timezone.localdate(row.passed_at),
                row.valid_until,
                state_word(row, today),
            )
        )


def codebook() -> Iterator[str]:
    """What each column of the register means."""
    meanings = {
        "e-mailadres": _("The account; only the coordinator has this file."),
        "naam": _("The name of the account."),
        "organisatie": _("As the learner gave it; may be empty."),
        "soort werk": ", ".join(f"{code} = {label}" for code, label in TargetGroup.choices),
        "module": _("The short address of the module."),
        "uitgenodigd op": _("Day of the invitation, as year-month-day; empty: of own accord."),
        "begonnen op": _("Day of the first test; empty: not begun."),
        "geslaagd op": _("Day of the last test that was passed."),
        "geldig tot en met": _("Last day of the certificate."),
        "stand": "uitgenodigd, begonnen, niet geslaagd, geldig, verlopen",
    }
    yield line(("kolom", "betekenis"))
    for name in COLUMNS:
        yield line((name, meanings[name]))


def line(cells: tuple[object, ...]) -> str:
    """One line of a file, with cells that stay text."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()
