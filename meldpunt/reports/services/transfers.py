"""The record of what was transferred, to whom and on what basis; it outlives the report.

It lies in the tombstone, so that it is sealed like that and read by the same people. Nothing of
what was reported is in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from meldpunt.reports.models import Report, Tombstone
from meldpunt.reports.services.closing import read_tombstone
from meldpunt.reports.services.worklist import domain_of
from meldpunt.reports.workflow import Phase
from meldpunt.vault.services.domains import CannotOpen, Domain, KeyGone, NoKeyForThis
from meldpunt.vault.services.holders import chain_of
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.models import User
from portal.audit.services import record


@dataclass(frozen=True)
class Transfer:
    """One line of the record."""

    report: Report
    told: dict[str, str]


def transfers_for(user: User, *, keys: UnlockedKeys) -> list[Transfer]:
    """What the meldpunten of ``user`` transferred and closed, the latest confirmation first."""
    stones = Tombstone.objects.filter(
        report__in=Report.objects.visible_to(user),
        municipality__in={index.municipality for index in keys.indexes},
    ).select_related("report", "municipality")
    _trace(stones, user)
    found = []
    for stone in stones:
        if not _may_know(stone.report, keys):
            continue
        try:
            told = read_tombstone(stone, keys=keys)
        except (NoKeyForThis, CannotOpen):
            continue
        if told.get("recipient"):
            found.append(Transfer(stone.report, told))
    return sorted(found, key=lambda one: one.told.get("confirmed_on", ""), reverse=True)


def _may_know(report: Report, keys: UnlockedKeys) -> bool:
    """Not whoever is kept away from it; once it is destroyed, nobody can tell who that was."""
    if not report.generation or report.phase == Phase.DESTROYED:
        return True
    try:
        domain_of(report, Domain.INTERNAL, keys=keys)
    except (NoKeyForThis, CannotOpen, KeyGone):
        return False
    return True


def _trace(stones: Iterable[Tombstone], user: User) -> None:
    for municipality in {stone.municipality for stone in stones}:
        record(
            "report.listed",
            by=user.reference,
            reason="transfers",
            chain=chain_of(municipality),
            precision="hour",
        )
