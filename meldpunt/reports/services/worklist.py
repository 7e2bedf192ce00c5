"""The list of the workspace: opened in memory after unlocking, never searched on content (6.9)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from meldpunt.reports import policies
from meldpunt.reports.models import IndexBlob, IndexEntry, Report, SealedPart, SecretWrap
from meldpunt.reports.services.deadlines import due_on, last_day_to_answer
from meldpunt.reports.services.parts import ChangedMeanwhile, place_of, read_parts
from meldpunt.reports.workflow import ReportState, StepNotAllowed, Who, step
from meldpunt.vault.services.codes import reference_of
from meldpunt.vault.services.domains import (
    CannotOpen,
    Domain,
    IndexDomain,
    Keystore,
    NoKeyForThis,
    OpenDomain,
    Surface,
    index_domain,
    open_domain,
    own_index_domain,
    secret_for,
)
from meldpunt.vault.services.holders import chain_of
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.services import record
from portal.regions.models import Municipality

__all__ = ["ChangedMeanwhile", "Unreadable", "Work", "find_work", "save_entry", "worklist"]
FEW = 50


class Unreadable(Exception):
    """A sealed row was changed or moved, or its key is gone."""


@dataclass(frozen=True)
class Work:
    """One line of the list: the report, its opened entry, and the version of that entry."""

    report: Report
    entry: IndexEntry
    seq: int

    @property
    def ref(self) -> str:
        """For the address."""
        return self.report.ref


def worklist(user: User, *, keys: UnlockedKeys, closed: bool = False) -> list[Work]:
    """Every report that ``user`` may work on, with its entry; the most urgent deadline first.

    Args:
        user: Meldpunt staff; only their own municipalities count.
        keys: What their passphrase opened.
        closed: Also what is closed and not destroyed yet.
    """
    reports = Report.objects.visible_to(user).filter(
        municipality__in={index.municipality for index in keys.indexes}
    )
    reports = reports.readable() if closed else reports.open()
    work = _opened(_with_places(reports), keys)
    work = [one for one in work if not policies.is_kept_away(user, one.entry)]
    far = timezone.localdate().max
    return sorted(work, key=lambda one: (one.entry.due or far, one.entry.received, one.report.pk))


def find_work(ref: str, user: User, *, keys: UnlockedKeys) -> Work | None:
    """The line of one reference, or nothing: unknown, destroyed, of others, or kept away."""
    visible = Report.objects.visible_to(user).readable()
    ids = [pk for pk in visible.values_list("pk", flat=True) if reference_of(pk) == ref]
    found = list(visible.filter(pk__in=ids).select_related("municipality"))
    work = next(iter(_opened(found, keys)), None)
    return work if work and not policies.is_kept_away(user, work.entry) else None


def record_listing(user: User, work: Iterable[Work], *, filters: list[str]) -> None:
    """Trace a look at the list: which filters and how many lines, never their values (6.9)."""
    counts: dict[Any, int] = defaultdict(int)
    for one in work:
        counts[one.report.municipality] += 1
    for municipality, count in counts.items():
        record(
            "report.found" if filters else "report.listed",
            by=user.reference,
            details={"filters": filters, "count": count},
            chain=chain_of(municipality),
            precision="hour",
        )


def record_refusal(user: User) -> None:
    """Trace that somebody asked for a report that is not there for them; never for which (6.10)."""
    places = user.municipalities_where(Permission.REPORTS_WORK)
    for municipality in Municipality.objects.filter(pk__in=places):
        record(
            "report.refused",
            by=user.reference,
            outcome="refused",
            chain=chain_of(municipality),
            precision="hour",
        )


@transaction.atomic
def save_entry(work: Work, entry: IndexEntry, *, keys: UnlockedKeys) -> Work:
    """Seal a changed entry.

    Raises:
        ChangedMeanwhile: somebody saved another version since ``work`` was read.
    """
    entry = entry.but(due=due_on(entry))
    place = place_of(work.report, Domain.INTERNAL)
    retention = Keystore(Surface.WORKSPACE).get(place.keystore_id)
    index = _index_of(work.report, retention, keys, wraps_of(work.report, Domain.INTERNAL))
    sealed = index.seal(entry.to_bytes(), seq=work.seq + 1)
    changed = IndexBlob.objects.filter(report=work.report, seq=work.seq).update(
        seq=work.seq + 1, envelope=sealed
    )
    if not changed:
        raise ChangedMeanwhile
    return Work(work.report, entry, work.seq + 1)


def domain_of(report: Report, domain: Domain, *, keys: UnlockedKeys) -> OpenDomain:
    """One domain, opened with the unlocked keys.

    Raises:
        NoKeyForThis, KeyGone, CannotOpen.
    """
    place = place_of(report, domain)
    secret = secret_for(place, wraps_of(report, domain), keys=keys)
    return open_domain(place, secret, keystore=Keystore(Surface.WORKSPACE))


def wraps_of(report: Report, domain: Domain) -> Iterator[bytes]:
    """The wrapped secrets of one domain; asked for when they are needed."""
    rows = SecretWrap.objects.filter(report=report, domain=domain)
    yield from map(bytes, rows.values_list("envelope", flat=True))


def _with_places(reports: Iterable[Report]) -> list[Report]:
    """The reports with their municipality: a few objects for thousands of rows, not one each."""
    found = list(reports)
    places = Municipality.objects.in_bulk({report.municipality_id for report in found})
    for report in found:
        report.municipality = places[report.municipality_id]
    return found


def _rows_of(reports: list[Report]) -> Q:
    """The rows of these reports; for a long list all rows that can be theirs, without naming each."""
    if len(reports) <= FEW:
        return Q(report__in=reports)
    return Q(
        report__municipality__in={report.municipality_id for report in reports},
        report__phase__in={report.phase for report in reports},
    )


def _opened(reports: list[Report], keys: UnlockedKeys) -> list[Work]:
    places = {report.pk: place_of(report, Domain.INTERNAL) for report in reports}
    retention = Keystore(Surface.WORKSPACE).get_many(
        [place.keystore_id for place in places.values()]
    )
    blobs = {
        report: (seq, bytes(envelope))
        for report, seq, envelope in IndexBlob.objects.filter(_rows_of(reports)).values_list(
            "report_id", "seq", "envelope"
        )
    }
    written = _dialogue_sizes(reports)
    wraps = _wraps_of_circles(reports)
    work = []
    for report in reports:
        half = retention.get(places[report.pk].keystore_id)
        if half is None:  # destroyed, and its rows will follow
            continue
        with suppress(NoKeyForThis):  # sealed to other people on purpose: it does not exist here
            blob = blobs.get(report.pk)
            work.append(_open_one(report, half, blob, written[report.pk], keys, wraps[report.pk]))
    return work


def _wraps_of_circles(reports: list[Report]) -> dict[Any, list[bytes]]:
    """The wrapped secrets of reports with a circle of their own: their entry needs them."""
    apart = [report for report in reports if report.generation]
    found: dict[Any, list[bytes]] = defaultdict(list)
    if apart:
        rows = SecretWrap.objects.filter(_rows_of(apart), domain=Domain.INTERNAL)
        for report, envelope in rows.filter(report__generation__gt=0).values_list(
            "report_id", "envelope"
        ):
            found[report].append(bytes(envelope))
    return found


def _index_of(
    report: Report,
    half: bytes,
    keys: UnlockedKeys,
    wraps: Iterable[bytes],
    sealed: bytes | None = None,
) -> IndexDomain:
    """What seals the entry: the index key, or the report's own when somebody is kept away."""
    place = place_of(report, Domain.INTERNAL)
    if report.generation:
        return own_index_domain(place, secret_for(place, wraps, keys=keys), half)
    return index_domain(place, half, keys=keys, sealed=sealed)


def _open_one(
    report: Report,
    half: bytes,
    blob: tuple[int, bytes] | None,
    written: int,
    keys: UnlockedKeys,
    wraps: list[bytes],
) -> Work:
    try:
        if blob is None:
            work = _first_opening(report, half, keys)
        else:
            seq, sealed = blob
            opened = _index_of(report, half, keys, wraps, sealed).open(sealed, seq=seq)
            work = Work(report, IndexEntry.from_bytes(opened), seq)
    except CannotOpen as error:
        raise Unreadable(type(error).__name__) from None
    if written > work.entry.seen:
        work = _apply_what_the_reporter_did(work, written, keys)
    return _stop_waiting(work, keys)


def _first_opening(report: Report, half: bytes, keys: UnlockedKeys) -> Work:
    """Move the entry from the reporter's sealed part to the fast index (meldpunt.md 6.8)."""
    intake = read_parts(report, domain_of(report, Domain.INTERNAL, keys=keys))[0]
    entry = IndexEntry.from_bytes(intake["entry"].encode())
    entry = entry.but(due=due_on(entry))
    place = place_of(report, Domain.INTERNAL)
    sealed = index_domain(place, half, keys=keys).seal(entry.to_bytes(), seq=0)
    IndexBlob.objects.get_or_create(
        report=report, municipality=report.municipality, defaults={"seq": 0, "envelope": sealed}
    )
    return Work(report, entry, 0)


def _apply_what_the_reporter_did(work: Work, written: int, keys: UnlockedKeys) -> Work:
    """A message ends the waiting; a withdrawal withdraws, unless it is being weighed."""
    parts = read_parts(work.report, domain_of(work.report, Domain.DIALOGUE, keys=keys))
    fresh = [part for part in parts if part["seq"] >= work.entry.seen]
    by_reporter = [part for part in fresh if part.get("by") == "reporter"]
    entry = work.entry.but(seen=written)
    if by_reporter:
        entry = entry.but(reporter_wrote=True)
        if entry.state is ReportState.AWAITING_REPORTER:
            entry = entry.but(state=ReportState.IN_TRIAGE, state_since=timezone.localdate())
    if any(part["kind"] == "withdrawal" for part in by_reporter):
        entry = _withdrawn(entry)
    return save_entry(work, entry, keys=keys)


def _stop_waiting(work: Work, keys: UnlockedKeys) -> Work:
    """Without an answer in time, the desk goes on with what it has (domain.md 7.1)."""
    entry, on = work.entry, timezone.localdate()
    if entry.state is not ReportState.AWAITING_REPORTER or last_day_to_answer(entry) >= on:
        return work
    record(
        "report.state_changed",
        by="system",
        subject=f"report:{work.ref}",
        reason="no answer in time",
        chain=chain_of(work.report.municipality),
        precision="hour",
    )
    return save_entry(work, entry.but(state=ReportState.IN_TRIAGE, state_since=on), keys=keys)


def _withdrawn(entry: IndexEntry) -> IndexEntry:
    try:
        taken = step(entry.state, ReportState.WITHDRAWN)
    except StepNotAllowed:
        return entry.but(withdrawal_asked=True)
    if taken.who is not Who.REPORTER:
        return entry.but(withdrawal_asked=True)
    return entry.but(
        state=ReportState.WITHDRAWN,
        state_since=timezone.localdate(),
        pending=None,
        pending_by=None,
        withdrawal_asked=True,
    )


def _dialogue_sizes(reports: list[Report]) -> dict[Any, int]:
    sizes: dict[Any, int] = defaultdict(int)
    rows = (
        SealedPart.objects.filter(_rows_of(reports), domain=Domain.DIALOGUE)
        .values_list("report")
        .annotate(count=Count("pk"))
        .order_by()
    )
    sizes.update(dict(rows))
    return sizes
