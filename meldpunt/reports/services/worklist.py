"""The list of the workspace: opened in memory after unlocking, never searched on content (6.9)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from meldpunt.reports import policies
from meldpunt.reports.models import IndexBlob, IndexEntry, Report, SealedPart, SecretWrap
from meldpunt.reports.services.deadlines import due_on, last_day_to_answer
from meldpunt.reports.services.parts import ChangedMeanwhile, place_of, read_part, read_parts
from meldpunt.reports.workflow import ReportState, StepNotAllowed, Who, step
from meldpunt.vault.services.codes import reference_of
from meldpunt.vault.services.domains import (
    CannotOpen,
    Domain,
    DomainPlace,
    IndexDomain,
    Keystore,
    NoKeyForThis,
    OpenDomain,
    Surface,
    domain_with,
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
FEW, AT_ONCE = 50, 500


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
    half = Keystore(Surface.WORKSPACE).get(place.keystore_id)
    one = _Sealed(work.report, place, half)
    index = _index_of(one, keys, wraps_of(work.report, Domain.INTERNAL))
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
    names = {pk: place.keystore_id for pk, place in places.items()}
    halves = Keystore(Surface.WORKSPACE).get_many(list(names.values()))
    # What was destroyed has no half, and its rows will follow.
    sealed = [
        _Sealed(report, places[report.pk], halves[names[report.pk]])
        for report in reports
        if names[report.pk] in halves
    ]
    blobs = {
        report: (seq, bytes(envelope))
        for report, seq, envelope in IndexBlob.objects.filter(_rows_of(reports)).values_list(
            "report_id", "seq", "envelope"
        )
    }
    written = _dialogue_sizes(reports)
    wraps = _wraps_of_circles(reports)
    fresh = [one for one in sealed if one.report.pk not in blobs]
    work = _first_openings(fresh, keys) if fresh else []
    for one in sealed:
        if one.report.pk in blobs:
            with suppress(NoKeyForThis):  # sealed to other people on purpose: not here
                work.append(_open_one(one, blobs[one.report.pk], keys, wraps[one.report.pk]))
    return list(_brought_up_to_date(work, written, keys))


@dataclass(frozen=True)
class _Sealed:
    """A report that is about to be opened, and the half of its key that lies in the keystore."""

    report: Report
    place: DomainPlace
    half: bytes = field(repr=False)


def _wraps_of_circles(reports: list[Report]) -> dict[Any, list[bytes]]:
    """The wrapped secrets of reports with a circle of their own: their entry needs them."""
    apart = [report for report in reports if report.generation]
    return _wraps(_rows_of(apart), Q(report__generation__gt=0)) if apart else defaultdict(list)


def _wraps(*which: Q) -> dict[Any, list[bytes]]:
    found: dict[Any, list[bytes]] = defaultdict(list)
    rows = SecretWrap.objects.filter(*which, domain=Domain.INTERNAL)
    for report, envelope in rows.values_list("report_id", "envelope"):
        found[report].append(bytes(envelope))
    return found


def _index_of(
    one: _Sealed, keys: UnlockedKeys, wraps: Iterable[bytes], sealed: bytes | None = None
) -> IndexDomain:
    """What seals the entry: the index key, or the report's own when somebody is kept away."""
    if one.report.generation:
        return own_index_domain(one.place, secret_for(one.place, wraps, keys=keys), one.half)
    return index_domain(one.place, one.half, keys=keys, sealed=sealed)


def _open_one(
    one: _Sealed, blob: tuple[int, bytes], keys: UnlockedKeys, wraps: list[bytes]
) -> Work:
    seq, sealed = blob
    try:
        opened = _index_of(one, keys, wraps, sealed).open(sealed, seq=seq)
    except CannotOpen as error:
        raise Unreadable(type(error).__name__) from None
    return Work(one.report, IndexEntry.from_bytes(opened), seq)


def _first_openings(fresh: list[_Sealed], keys: UnlockedKeys) -> list[Work]:
    """Move entries from the reporter's sealed parts to the fast index (meldpunt.md 6.8).

    Many at once, for the morning after a busy night: a few questions for all of them.
    """
    work = []
    for start in range(0, len(fresh), AT_ONCE):
        some = fresh[start : start + AT_ONCE]
        those = Q(report__in=[one.report.pk for one in some])
        wraps = _wraps(those)
        parts = SealedPart.objects.filter(those, domain=Domain.INTERNAL, seq=0)
        intakes = {part.report_id: part for part in parts}
        blobs = []
        for one in some:
            with suppress(NoKeyForThis):  # sealed to other people on purpose: not here
                entry = _entry_in(intakes.get(one.report.pk), one, keys, wraps[one.report.pk])
                sealed = index_domain(one.place, one.half, keys=keys).seal(entry.to_bytes(), seq=0)
                work.append(Work(one.report, entry, 0))
                blobs.append(
                    IndexBlob(
                        report=one.report,
                        municipality=one.report.municipality,
                        seq=0,
                        envelope=sealed,
                    )
                )
        # A colleague may open the list at the same moment; either envelope holds the same.
        IndexBlob.objects.bulk_create(blobs, ignore_conflicts=True)
    return work


def _entry_in(
    intake: SealedPart | None, one: _Sealed, keys: UnlockedKeys, wraps: list[bytes]
) -> IndexEntry:
    try:
        domain = domain_with(one.place, secret_for(one.place, wraps, keys=keys), one.half)
        if intake is None:
            raise Unreadable("NoIntake")
        entry = IndexEntry.from_bytes(read_part(domain, intake)["entry"].encode())
    except CannotOpen as error:
        raise Unreadable(type(error).__name__) from None
    return entry.but(due=due_on(entry))


def _brought_up_to_date(
    found: list[Work], written: dict[Any, int], keys: UnlockedKeys
) -> Iterator[Work]:
    for work in found:
        count = written[work.report.pk]
        try:
            told = (
                _apply_what_the_reporter_did(work, count, keys) if count > work.entry.seen else work
            )
            yield _stop_waiting(told, keys)
        except NoKeyForThis:  # a colleague renewed its keys a moment ago
            continue
        except CannotOpen as error:
            raise Unreadable(type(error).__name__) from None


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
