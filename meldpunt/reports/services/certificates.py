"""Checking a certificate of destruction: signed, and about the very keys that arrived."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from meldpunt.reports.models import HandOver, Tombstone
from meldpunt.reports.services.parts import (
    COPY,
    older_places_of,
    place_of,
    place_of_copy,
)
from meldpunt.vault.services.codes import reference_of
from meldpunt.vault.services.domains import Domain, DomainPlace, Keystore, Surface
from meldpunt.vault.services.holders import chain_of
from meldpunt.vault.services.statements import is_genuine
from portal.audit.models import AuditEvent


@dataclass(frozen=True)
class Verdict:
    """What was found, each on its own."""

    is_signed: bool
    names_every_key: bool
    keys_are_gone: bool

    @property
    def holds(self) -> bool:
        """Whether the certificate proves that the report is gone."""
        return self.is_signed and self.names_every_key and self.keys_are_gone


def check_certificate(tombstone: Tombstone) -> Verdict:
    """Compare a certificate with the trail and with the keystore.

    The trail told at arrival which keys were made, and with each copy for a guest; every one must
    have died: now, when the answers were minimised, or when the copy ended.
    """
    report, certificate = tombstone.report, dict(tombstone.certificate)
    arrived, died = _told(_trail(chain_of(report.municipality), report.ref))
    places = _copies(arrived, report.municipality_id)
    for domain in Domain:
        places += [*older_places_of(report, domain), place_of(report, domain)]
    died |= set(dict(certificate.get("keys", {})).items())
    keystore = Keystore(Surface.REAPER)
    return Verdict(
        is_signed=is_genuine("destruction", certificate)
        and certificate.get("report") == str(report.pk),
        names_every_key=bool(arrived) and arrived <= died,
        keys_are_gone=all(keystore.is_gone(place.keystore_id) for place in places),
    )


def check_hand_over(gone: HandOver) -> Verdict:
    """The same for what another meldpunt got: of every key that the report had here until then."""
    certificate, until = dict(gone.certificate), []
    for event in _trail(chain_of(gone.municipality), reference_of(gone.report)):
        until.append(event)
        if event.action == "report.old_key_destroyed" and event.details["keys"] == gone.keys:
            break
    arrived, died = _told(until)
    places = [*gone.places, *_copies(arrived, gone.municipality_id)]
    keystore = Keystore(Surface.REAPER)
    return Verdict(
        is_signed=is_genuine("hand-over", certificate)
        and certificate.get("report") == str(gone.report)
        and certificate.get("keys") == gone.keys,
        names_every_key=bool(arrived) and arrived <= died,
        keys_are_gone=all(keystore.is_gone(place.keystore_id) for place in places),
    )


def _copies(arrived: set[tuple[str, Any]], municipality: int) -> list[DomainPlace]:
    """Where the keys of copies for guests were, as the trail names them."""
    names = [name.removeprefix(COPY) for name, _key in arrived if name.startswith(COPY)]
    return [place_of_copy(UUID(name), municipality) for name in names]


def _trail(chain: str, ref: str) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(chain=chain, subject=f"report:{ref}").order_by("seq")


def _told(events: Iterable[AuditEvent]) -> tuple[set[tuple[str, Any]], set[tuple[str, Any]]]:
    """Which keys arrived, and which died, by domain: as the trail tells."""
    arrived: set[tuple[str, Any]] = set()
    replaced: set[Any] = set()
    died: set[tuple[str, Any]] = set()
    for event in events:
        if event.action == "report.received":
            arrived |= set(event.details.items())
        elif event.action in ("report.rekeyed", "report.handed_in", "report.guest_agreed"):
            arrived |= set(event.details["keys"].items())
        elif event.action in ("report.old_key_destroyed", "report.guest_key_destroyed"):
            replaced |= set(event.details["keys"].values())
        elif event.action in ("report.minimised", "report.destroyed"):
            died |= set(event.details.get("domains", {}).items())
    return arrived, died | {(domain, key) for domain, key in arrived if key in replaced}
