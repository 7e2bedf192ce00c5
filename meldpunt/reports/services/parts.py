"""Writing and reading the sealed parts of a report."""

import json
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from meldpunt.reports.models import Report, SealedPart
from meldpunt.vault.services.domains import Domain, DomainPlace, OpenDomain

Content = dict[str, Any]
KEYS = ("municipality", "generation", "identity_generation")
COPY = "copy|"  # before the number of a copy for a guest, where the trail names its key


class AlreadyWritten(Exception):
    """A part with this id exists: the form was sent twice."""


class ChangedMeanwhile(Exception):
    """A colleague changed this report a moment ago, or handed it over; look again."""


def place_of(report: Report, domain: Domain) -> DomainPlace:
    """Where the keys of one domain of ``report`` are bound to."""
    is_identity = domain == Domain.IDENTITY
    generation = report.identity_generation if is_identity else report.generation
    return DomainPlace(report.pk, domain, report.municipality_id, generation)


def older_places_of(report: Report, domain: Domain) -> list[DomainPlace]:
    """Where its keys were before they were made anew: for somebody who had to lose access."""
    newest = place_of(report, domain)
    return [replace(newest, generation=older) for older in range(newest.generation)]


def place_of_copy(copy: UUID, municipality: int) -> DomainPlace:
    """Where the keys of a copy for a guest are bound to: itself, as if it were a report."""
    return DomainPlace(copy, Domain.INTERNAL, municipality)


def add_part(
    report: Report,
    domain: OpenDomain,
    content: Content,
    *,
    part_id: UUID | None = None,
    seq: int | None = None,
) -> SealedPart:
    """Seal ``content`` as the next part of ``domain``.

    Args:
        report: The report it belongs to.
        domain: One of its domains, opened.
        content: Text, numbers and lists; ``kind`` says what it is.
        part_id: Given by a form, so that sending it twice stores it once.
        seq: Its number, for who writes in a domain without seeing what is in it.

    Raises:
        AlreadyWritten: ``part_id`` is stored already.
        ChangedMeanwhile: the keys of this report were renewed; what was sealed opens no longer.
        TextTooLong, NotText: it can't be sealed.
    """
    row = part_id or uuid4()
    for _attempt in range(5):  # somebody may write at the same moment
        if SealedPart.objects.filter(pk=row).exists():
            raise AlreadyWritten
        number = next_seq(report, domain.place.domain) if seq is None else seq
        sealed = domain.seal(json.dumps(content, ensure_ascii=False), row=row, seq=number)
        try:
            with transaction.atomic():
                part = SealedPart.objects.create(
                    id=row,
                    report=report,
                    municipality_id=report.municipality_id,
                    domain=domain.place.domain,
                    seq=number,
                    envelope=sealed,
                )
                _require_same_keys(report, domain)
                return part
        except IntegrityError:
            _require_same_keys(report, domain)  # who sees no row of it any more, counts from nought
            continue
    raise AlreadyWritten


def _require_same_keys(report: Report, domain: OpenDomain) -> None:
    """After the row is there: whoever renews the keys or hands it over waits for it, or was first."""
    if domain.commitment:  # made just now, with the report
        return
    now = Report.objects.get_queryset().only(*KEYS).filter(pk=report.pk).first()
    if now is None or place_of(now, domain.place.domain).generation != domain.place.generation:
        raise ChangedMeanwhile


def next_seq(report: Report, domain: Domain) -> int:
    """The number of the next part of this domain."""
    last = SealedPart.objects.filter(report=report, domain=domain).aggregate(last=Max("seq"))
    return 0 if last["last"] is None else int(last["last"]) + 1


def read_parts(report: Report, domain: OpenDomain) -> list[Content]:
    """Every part of ``domain``, the oldest first. Raises ``CannotOpen``."""
    return [read_part(domain, row) for row in rows_of(report, domain.place.domain)]


def rows_of(report: Report, domain: Domain) -> QuerySet[SealedPart]:
    """The sealed parts of one domain; not what a meldpunt left behind that handed it over."""
    rows = SealedPart.objects.filter(
        report=report, municipality=report.municipality_id, domain=domain
    )
    return rows.order_by("seq")


def read_part(domain: OpenDomain, row: SealedPart) -> Content:
    """One part. Raises ``CannotOpen``."""
    content: Content = json.loads(domain.open(bytes(row.envelope), row=row.pk, seq=row.seq))
    if "on" in content:
        content["on"] = date.fromisoformat(content["on"])
    return content | {"seq": row.seq}


def today() -> str:
    """The day, as parts keep it."""
    return timezone.localdate().isoformat()


def this_week() -> str:
    """The ISO week of today."""
    return week_of(None)


def week_of(day: date | None) -> str:
    """The ISO week of ``day`` or today, as ``2026-W48``: the finest moment in the clear."""
    year, week, _day = (day or timezone.localdate()).isocalendar()
    return f"{year}-W{week:02}"
