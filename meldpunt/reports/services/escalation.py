"""Reports that stay open for too long: the process owner hears it, without a word of them.

The state is sealed, so this job knows no more than the week of arrival (meldpunt.md 6.7). Letters
are the same for everybody and name no municipality, number or report (GR-18).
"""

from datetime import date, timedelta

from django.conf import settings

from meldpunt.reports.models import Report
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.deadlines import is_working_day
from meldpunt.reports.services.letters import write_to
from meldpunt.reports.workflow import Phase
from meldpunt.vault.services.holders import active_holders, chain_of
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.models import AuditEvent
from portal.audit.services import record
from portal.regions.models import Municipality

SUNDAY = 7
ACTION = "report.escalated"


def escalate(*, today: date) -> int:
    """Write to who answers for each meldpunt with overdue reports; the number of letters.

    Each municipality once a week, on a working day.
    """
    if not is_working_day(today):
        return 0
    late = [place for place in Municipality.objects.all() if is_overdue(place, today=today)]
    people = {}
    for place in late:
        if _told_this_week(place, today=today):
            continue
        record(ACTION, by="system", subject=f"municipality:{place.slug}", chain=chain_of(place))
        for person in [*owners_of(place), *active_holders(place)]:
            people[person.pk] = person
    for person in people.values():
        write_to(person, template="overdue_letter.txt")
    return len(people)


def is_overdue(place: Municipality, *, today: date) -> bool:
    """Whether a report is open that came in more than the longest time ago, by its week."""
    longest = timedelta(days=settings.MELDPUNT_DEADLINES["escalate_calendar_days"])
    with working_in([place.pk]):
        weeks = set(Report.objects.filter(phase=Phase.OPEN).values_list("week", flat=True))
    return any(last_day_of(week) + longest < today for week in weeks)


def owners_of(place: Municipality) -> list[User]:
    """Who answers for the meldpunt of ``place``: they see totals, never a report."""
    owners = User.objects.who_may(Permission.REPORTS_TOTALS, at=place.pk)
    return list(owners.filter(memberships__municipality=place.pk).order_by("pk"))


def last_day_of(week: str) -> date:
    """The Sunday of an ISO week such as ``2026-W48``."""
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), SUNDAY)


def _told_this_week(place: Municipality, *, today: date) -> bool:
    monday = today - timedelta(days=today.weekday())
    told = AuditEvent.objects.filter(
        action=ACTION, chain=chain_of(place), moment__gte=monday.isoformat()
    )
    return told.exists()
