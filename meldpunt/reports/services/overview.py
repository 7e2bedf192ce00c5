"""What is kept how long, and what is gone: for the desk and for the FG, without opening a word."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from meldpunt.reports.models import Hold, Report, RightsRequest, Tombstone
from meldpunt.reports.workflow import Phase
from meldpunt.vault.services.codes import reference_of
from meldpunt.vault.services.holders import chain_of
from portal.audit.models import AuditEvent, AuditSeal, Sealing
from portal.regions.models import Municipality

SOON = timedelta(days=14)
READS = (
    "report.opened",
    "report.identity_opened",
    "report.attachment_opened",
    "report.original_downloaded",
    "report.exported",
    "report.guest_read",
    "report.listed",
    "report.found",
    "report.refused",
    "vault.unlocked",
    "vault.unlock_failed",
)
MANY_A_DAY = 25
NIGHT = (22, 6)


@dataclass(frozen=True)
class TrailState:
    """How the audit chain of one municipality stands."""

    events: int
    sealed: int
    looked_at: object
    head: str

    @property
    def unsealed(self) -> int:
        """Events that wait for the signer."""
        return self.events - self.sealed


@dataclass(frozen=True)
class Hint:
    """Something in the trail to ask about. It accuses nobody."""

    kind: str
    actor: str
    day: str
    count: int


def report_by_ref(ref: str, municipality: Municipality) -> Report | None:
    """The report of a reference in one municipality, also a destroyed one."""
    rows = Report.objects.filter(municipality=municipality)
    for pk in rows.values_list("pk", flat=True):
        if reference_of(pk) == ref:
            found: Report = rows.get(pk=pk)
            return found
    return None


def ending_soon(municipality: Municipality) -> QuerySet[Report]:
    """Closed reports whose last day comes within two weeks, the first one first."""
    until = timezone.localdate() + SOON
    return Report.objects.filter(
        municipality=municipality, phase=Phase.CLOSED, destroy_on__lte=until
    ).order_by("destroy_on", "pk")


def overdue(municipality: Municipality) -> int:
    """Reports that should be gone since more than a day: the daily round does not run."""
    late = Report.objects.get_queryset()
    held = Hold.objects.in_force(on=timezone.localdate()).values("report")
    yesterday = timezone.localdate() - timedelta(days=1)
    return int(
        late.ended_before(yesterday).filter(municipality=municipality).exclude(pk__in=held).count()
    )


def running_holds(municipality: Municipality) -> QuerySet[Hold]:
    """Holds that pause something today."""
    holds = Hold.objects.in_force(on=timezone.localdate())
    return holds.filter(municipality=municipality).select_related("report").order_by("until")


def open_requests(municipality: Municipality) -> QuerySet[RightsRequest]:
    """Requests that wait for an answer, the first deadline first."""
    rows = RightsRequest.objects.filter(municipality=municipality, answered_by="")
    return rows.select_related("report").order_by("due_on", "pk")


def destroyed(municipality: Municipality) -> QuerySet[Tombstone]:
    """What is gone, the last one first."""
    rows = Tombstone.objects.filter(municipality=municipality).exclude(destroyed_week="")
    return rows.select_related("report__municipality").order_by("-destroyed_week", "pk")


def trail_state(municipality: Municipality) -> TrailState:
    """Length, seals and head of the chain of one municipality."""
    chain = chain_of(municipality)
    last = AuditEvent.objects.filter(chain=chain).order_by("-seq").first()
    sealing = Sealing.objects.filter(chain=chain).first()
    sealed = AuditSeal.objects.filter(chain=chain).order_by("-seq").first()
    return TrailState(
        events=last.seq if last else 0,
        sealed=sealed.seq if sealed else 0,
        looked_at=sealing.looked_at if sealing else None,
        head=bytes(last.digest).hex()[:16] if last else "",
    )


def reads(municipality: Municipality) -> QuerySet[AuditEvent]:
    """Who looked at what and why, the last one first."""
    return AuditEvent.objects.filter(chain=chain_of(municipality), action__in=READS).order_by(
        "-seq"
    )


def hints(municipality: Municipality) -> list[Hint]:
    """Reading at night, and reading a great deal, in the last month."""
    since = week_before(timezone.localdate() - timedelta(days=30))
    events = reads(municipality).filter(action__in=READS[:2], moment__gte=since)
    at_night: Counter[tuple[str, str]] = Counter()
    a_day: Counter[tuple[str, str]] = Counter()
    for actor, moment in events.values_list("actor", "moment"):
        day, _t, hour = moment.partition("T")
        a_day[actor, day] += 1
        if hour and not NIGHT[1] <= int(hour) < NIGHT[0]:
            at_night[actor, day] += 1
    found = [Hint("night", actor, day, count) for (actor, day), count in at_night.items()]
    found += [
        Hint("many", actor, day, count)
        for (actor, day), count in a_day.items()
        if count > MANY_A_DAY
    ]
    return sorted(found, key=lambda hint: hint.day, reverse=True)


def week_before(day: date) -> str:
    """The ISO week of ``day`` as the trail writes it; text of that form sorts by time."""
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"
