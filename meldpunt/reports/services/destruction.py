"""Destroying: the key in the keystore first, then the rows, then proof that nothing opens (6.7)."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from meldpunt.reports.models import (
    CodeWrap,
    Extension,
    FileChunk,
    GuestCopy,
    HandOver,
    Hold,
    IndexBlob,
    Report,
    ReporterVisit,
    SealedPart,
    SecretWrap,
    ShredOrder,
    Tombstone,
)
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.closing import DAYS
from meldpunt.reports.services.parts import (
    COPY,
    older_places_of,
    place_of,
    place_of_copy,
    this_week,
)
from meldpunt.reports.workflow import Phase
from meldpunt.vault.services.codes import reference_of
from meldpunt.vault.services.domains import Domain, DomainPlace, Keystore, Surface
from meldpunt.vault.services.holders import chain_of
from meldpunt.vault.services.statements import signed
from portal.audit.services import record
from portal.regions.models import Municipality


class OnHold(Exception):
    """The FG paused the destruction of this report (GR-13)."""


class NotDestroyed(Exception):
    """A key is still there after its destruction; nothing else was changed."""


def order_shredding(report: Report, domain: Domain, *, rule: str) -> None:
    """Ask the reaper to destroy one domain; done at once where it shares this process."""
    ShredOrder.objects.get_or_create(
        report=report,
        domain=domain,
        defaults={"municipality": report.municipality, "rule": rule},
    )
    if settings.MELDPUNT_REAPER == "direct":
        municipality = report.municipality
        transaction.on_commit(lambda: carry_out_orders(municipality))


def carry_out_orders(municipality: Municipality) -> int:
    """Destroy every domain that waits for it in ``municipality``; the number of them.

    Raises:
        NotDestroyed: a key is still there.
    """
    with working_in([municipality.pk]):
        orders = list(ShredOrder.objects.select_related("report__municipality"))
        done = 0
        for order in orders:
            try:
                _carry_out(order)
            except OnHold:  # the order waits until the hold ends
                continue
            done += 1
    return done


def _carry_out(order: ShredOrder) -> None:
    """The internal domain dies with the whole report: without it nobody finds the rest."""
    if order.domain == Domain.INTERNAL:
        destroy_report(order.report, rule=order.rule, by="system")
    else:
        shred_domain(order.report, Domain(order.domain), rule=order.rule)


def shred_domain(report: Report, domain: Domain, *, rule: str) -> None:
    """Destroy one domain of a report, such as the answers after they are minimised (GR-06).

    Raises:
        OnHold: its destruction is paused.
        NotDestroyed: the key is still in the keystore; the rows were left alone.
    """
    with transaction.atomic():
        report = _locked(report)
        named = _destroy_keys(report, [domain])
        _delete_rows(report, [domain])
        record(
            "report.minimised" if domain is Domain.REPORT else "report.destroyed",
            by="system",
            subject=f"report:{report.ref}",
            reason=rule,
            details={"domains": named},
            chain=chain_of(report.municipality),
            precision="hour",
        )


def destroy_report(report: Report, *, rule: str, by: str) -> Tombstone:
    """Destroy all of a report but its tombstone. Safe to repeat after a crash.

    Args:
        report: Any report, in any phase.
        rule: Why, for the tombstone and the certificate: never content, never a person.
        by: Who, as the audit trail names them.

    Returns:
        The tombstone with the certificate: which keys died, by which rule, in which week.

    Raises:
        OnHold: its destruction is paused.
        NotDestroyed: a key is still in the keystore; the rows were left alone.
    """
    municipality = report.municipality
    with working_in([municipality.pk]), transaction.atomic():
        report = _locked(report)
        for copy in GuestCopy.objects.filter(report=report).select_related("municipality"):
            destroy_copy(copy)
        named = _destroy_keys(report, list(Domain))
        _delete_rows(report, list(Domain))
        for table in (CodeWrap, IndexBlob, ReporterVisit, Extension):
            table.objects.filter(report=report).delete()
        was_destroyed = report.phase == Phase.DESTROYED
        tombstone = _bury(report, named, rule, by)
        if named or not was_destroyed:
            record(
                "report.destroyed",
                by=by,
                subject=f"report:{report.ref}",
                reason=rule,
                details={"domains": named},
                chain=chain_of(municipality),
                precision="hour",
            )
    return tombstone


def _locked(report: Report) -> Report:
    """The same row, held until the end of the transaction, so that no hold slips in between."""
    held: Report = Report.objects.get_queryset().locked(report)
    if Hold.objects.in_force(on=timezone.localdate()).filter(report=held).exists():
        raise OnHold
    return held


def _destroy_keys(report: Report, domains: list[Domain]) -> dict[str, str]:
    _destroy_older_keys(report, domains)
    named = {str(domain): _destroy_key(place_of(report, domain)) for domain in domains}
    return {domain: key for domain, key in named.items() if key}


def _destroy_key(place: DomainPlace) -> str:
    """What the trail calls the retention key that died; nothing when it was gone before.

    Raises:
        NotDestroyed: it is still there.
    """
    keystore = Keystore(Surface.REAPER)
    died = keystore.destroy(place.keystore_id)
    if not keystore.is_gone(place.keystore_id):
        raise NotDestroyed(place.domain)
    return died.hex() if died else ""


def destroy_older_keys(municipality: Municipality) -> int:
    """Destroy the keys that were replaced because somebody had to lose access; how many reports.

    Until then an old copy of the database still opens for whoever had to lose it. No hold pauses
    this: the report itself is there, under its new keys.
    """
    renewed = Q(generation__gt=0) | Q(identity_generation__gt=0)
    with working_in([municipality.pk]):
        reports = Report.objects.get_queryset().filter(renewed).select_related("municipality")
        return sum(_destroy_older_keys(report, list(Domain)) for report in reports)


@transaction.atomic
def _destroy_older_keys(report: Report, domains: list[Domain]) -> bool:
    died = {}
    for domain in domains:
        for place in older_places_of(report, domain):
            if named := _destroy_key(place):
                died[f"{domain}|{place.generation}"] = named
    if died:
        record(
            "report.old_key_destroyed",
            by="system",
            subject=f"report:{report.ref}",
            details={"keys": died},
            chain=chain_of(report.municipality),
            precision="hour",
        )
    return bool(died)


def prove_hand_overs(municipality: Municipality) -> int:
    """Destroy the keys of what ``municipality`` handed over, and what stayed behind; how many.

    Each hand-over gets a certificate then: which keys died. No hold pauses this: the report is
    there, at the other meldpunt, under its new keys.

    Raises:
        NotDestroyed: a key is still there.
    """
    with working_in([municipality.pk]):
        waiting = list(HandOver.objects.filter(certificate={}).select_related("to"))
        for row in waiting:
            _prove(row, municipality)
    return len(waiting)


@transaction.atomic
def _prove(row: HandOver, municipality: Municipality) -> None:
    for place in row.places:
        _destroy_key(place)
    for left_behind in (FileChunk, SealedPart, Extension):
        left_behind.objects.filter(report=row.report).delete()
    with working_in([municipality.pk, row.to_id]):
        for of_reporter in (CodeWrap, ReporterVisit):
            of_reporter.objects.filter(report=row.report).update(municipality=row.to)
    ref = reference_of(row.report)
    told = {
        "report": str(row.report),
        "ref": ref,
        "keys": row.keys,
        "to": row.to.slug,
        "week": this_week(),
    }
    row.certificate = signed("hand-over", told)
    row.save(update_fields=["certificate"])
    record(
        "report.old_key_destroyed",
        by="system",
        subject=f"report:{ref}",
        details={"keys": row.keys},
        chain=chain_of(municipality),
        precision="hour",
    )


def destroy_ended_copies(municipality: Municipality) -> int:
    """Destroy every copy that its guest may read no longer; how many. No hold pauses this."""
    with working_in([municipality.pk]):
        copies = GuestCopy.objects.get_queryset().ended().select_related("municipality")
        return sum(destroy_copy(copy) for copy in copies)


@transaction.atomic
def destroy_copy(copy: GuestCopy) -> bool:
    """Destroy the key of one copy for a guest, then its row. Raises ``NotDestroyed``."""
    died = _destroy_key(place_of_copy(copy.pk, copy.municipality_id))
    record(
        "report.guest_key_destroyed",
        by="system",
        subject=f"report:{reference_of(copy.report_id)}",
        details={"keys": {f"{COPY}{copy.pk}": died} if died else {}},
        chain=chain_of(copy.municipality),
        precision="hour",
    )
    copy.delete()
    return True


def _delete_rows(report: Report, domains: list[Domain]) -> None:
    for table in (FileChunk, SealedPart, SecretWrap, ShredOrder):
        table.objects.filter(report=report, domain__in=domains).delete()
    if Domain.IDENTITY in domains and report.destroy_identity_on:
        report.destroy_identity_on = None
        report.save(update_fields=["destroy_identity_on"])


def _bury(report: Report, named: dict[str, str], rule: str, by: str) -> Tombstone:
    report.phase, report.destroy_identity_on = Phase.DESTROYED, None
    report.destroy_on = report.destroy_latest_on = None
    report.save(update_fields=DAYS)
    told = {
        "report": str(report.pk),
        "ref": report.ref,
        "keys": named,
        "rule": rule,
        "week": this_week(),
        "by": by,
    }
    certificate = signed("destruction", told)
    tombstone, is_new = Tombstone.objects.get_or_create(
        report=report,
        defaults={
            "municipality": report.municipality,
            "destroyed_week": this_week(),
            "rule": rule,
            "certificate": certificate,
        },
    )
    if not is_new and not tombstone.destroyed_week:
        tombstone.destroyed_week, tombstone.rule = this_week(), rule
        tombstone.certificate = certificate
        tombstone.save(update_fields=["destroyed_week", "rule", "certificate"])
    return tombstone
