"""What closing a report sets in motion: its last days, and what will outlive it."""

import json
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from meldpunt.reports import retention
from meldpunt.reports.models import IndexEntry, Report, Tombstone
from meldpunt.reports.services.parts import place_of
from meldpunt.reports.workflow import Phase
from meldpunt.vault.services.domains import Domain, tombstone_domain
from meldpunt.vault.services.unlocking import UnlockedKeys

TOMBSTONE_SEQ = 0
ALWAYS = ("kind", "month", "outcome")
DAYS = ["phase", "destroy_on", "destroy_latest_on", "destroy_identity_on"]


def close(
    report: Report,
    entry: IndexEntry,
    *,
    keys: UnlockedKeys,
    transfer: dict[str, str] | None = None,
) -> None:
    """Set the days of destruction, and write the tombstone while somebody can still read.

    ``transfer``: to whom it went, which is kept for years (domain.md 2.4), without its content.
    """
    closed_on = timezone.localdate()
    outcome = str(entry.outcome)
    report.phase = Phase.CLOSED
    place = report.municipality.slug
    report.destroy_on = retention.content_until(outcome, closed_on=closed_on, place=place)
    report.destroy_latest_on = retention.content_at_latest(
        outcome, closed_on=closed_on, place=place
    )
    if entry.has_identity:
        report.destroy_identity_on = retention.identity_until(closed_on=closed_on, place=place)
    report.save(update_fields=DAYS)
    told = {"kind": entry.kind, "month": entry.received.strftime("%Y-%m"), "outcome": outcome}
    if transfer:
        until = closed_on + timedelta(days=settings.MELDPUNT_TRANSFER_RECORD_DAYS)
        told |= transfer | {"transfer_until": until.isoformat()}
    domain = tombstone_domain(place_of(report, Domain.INTERNAL), keys=keys)
    sealed = domain.seal(json.dumps(told).encode(), seq=TOMBSTONE_SEQ)
    Tombstone.objects.update_or_create(
        report=report, defaults={"municipality": report.municipality, "envelope": sealed}
    )


def reopen(report: Report) -> None:
    """Work on it again; only while its keys exist."""
    report.phase, report.destroy_identity_on = Phase.OPEN, None
    report.destroy_on = report.destroy_latest_on = None
    report.save(update_fields=DAYS)


def read_tombstone(tombstone: Tombstone, *, keys: UnlockedKeys) -> dict[str, str]:
    """Kind, month and outcome of a report that is gone; empty when it was never closed."""
    if tombstone.envelope is None:
        return {}
    sealed = bytes(tombstone.envelope)
    place = place_of(tombstone.report, Domain.INTERNAL)
    domain = tombstone_domain(place, keys=keys, sealed=sealed)
    told = without_old_transfer(domain.open(sealed, seq=TOMBSTONE_SEQ))
    return dict(json.loads(told))


def without_old_transfer(told: bytes) -> bytes:
    """What a tombstone tells, without a transfer that was kept for long enough."""
    kept = json.loads(told)
    until = kept.get("transfer_until")
    if until and date.fromisoformat(until) < timezone.localdate():
        kept = {name: value for name, value in kept.items() if name in ALWAYS}
    return json.dumps(kept).encode()
