"""The desk hears that something came in; which report or message it was it does not hear.

The list of the workspace is where the work is; a letter is a nudge and no more (meldpunt.md 9.1).
"""

from datetime import time

from django.utils import timezone

from meldpunt.reports.services.deadlines import is_working_day
from meldpunt.reports.services.letters import may_go_now, write_to
from meldpunt.vault.models import KeyWrap
from meldpunt.vault.services.holders import chain_of
from meldpunt.vault.services.trust import KeyRole
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.models import AuditEvent
from portal.audit.services import record
from portal.regions.models import Municipality

CAME_IN = ("report.received", "report.handed_in", "report.message_received")
NUDGED = "meldpunt.nudged"
OPENS, CLOSES = time(8), time(18)


def nudge_later() -> int:
    """Tell every desk for which something came in, on a working day and not at once.

    Returns:
        The number of letters.
    """
    now = timezone.localtime()
    if not is_working_day(now.date()) or not OPENS <= now.time() < CLOSES:
        return 0
    fresh = {place: last for place in Municipality.objects.all() if (last := _came_in(place))}
    return nudge(fresh) if may_go_now("nudge", waits=bool(fresh)) else 0


def nudge(fresh: dict[Municipality, int]) -> int:
    """Write to the people of these desks, one letter each.

    Args:
        fresh: For each municipality the number of the last event that they hear of.
    """
    people = {person.pk: person for place in fresh for person in readers_of(place)}
    for person in people.values():
        write_to(person, template="nudge_letter.txt")
    for place, last in fresh.items():
        # No moment finer than the week: it would tell about when a reporter wrote.
        record(
            NUDGED,
            by="system",
            subject=f"municipality:{place.slug}",
            details={"until": last},
            chain=chain_of(place),
            precision="week",
        )
    return len(people)


def readers_of(place: Municipality) -> list[User]:
    """Who can open what came in: the desk, and the trust person of the region.

    Both always: otherwise a letter would tell that a report is about the municipality's people.
    """
    wraps = KeyWrap.objects.filter(
        key__municipality=place,
        key__role__in=[KeyRole.REPORT, KeyRole.TRUSTED_PERSON],
        key__is_current=True,
    )
    staff = User.objects.who_may(Permission.REPORTS_WORK, at=place.pk)
    return list(staff.filter(pk__in=wraps.values("holder")).order_by("pk"))


def _came_in(place: Municipality) -> int:
    """The number of the last event that nobody heard of yet, or 0."""
    events = AuditEvent.objects.filter(chain=chain_of(place)).order_by("-seq")
    told = events.filter(action=NUDGED).first()
    since = told.details["until"] if told else 0
    last = events.filter(action__in=CAME_IN, seq__gt=since).first()
    return last.seq if last else 0
