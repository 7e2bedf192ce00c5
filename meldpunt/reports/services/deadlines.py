"""The day before which something must happen (domain.md 7.1); all terms are settings."""

from datetime import date, timedelta

from django.conf import settings

from meldpunt.reports.models import IndexEntry, Urgency
from meldpunt.reports.workflow import ReportState

SATURDAY = 5
URGENT = (Urgency.NOW, Urgency.SOON)


def due_on(entry: IndexEntry) -> date | None:
    """The next deadline of a report, or none once it is closed."""
    terms = settings.MELDPUNT_DEADLINES
    match entry.state:
        case ReportState.RECEIVED:
            urgent = entry.urgency in URGENT
            days = terms["urgent_triage_days"] if urgent else terms["triage_days"]
            return working_days_after(entry.received, days)
        case ReportState.IN_TRIAGE:
            return working_days_after(entry.received, terms["outcome_days"])
        case ReportState.AWAITING_REPORTER:
            since = entry.state_since or entry.received
            return since + timedelta(days=terms["reporter_answer_calendar_days"])
        case ReportState.CLOSED | ReportState.DESTROYED:
            return None
        case _:
            return working_days_after(entry.received, terms["feedback_days"])


def must_escalate(entry: IndexEntry, *, on: date) -> bool:
    """Whether a report has been open for so long that the process owner must know."""
    days = settings.MELDPUNT_DEADLINES["escalate_calendar_days"]
    return entry.state is not ReportState.CLOSED and (on - entry.received).days > days


def working_days_after(start: date, days: int) -> date:
    """``days`` working days later; weekends do not count."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            days -= 1
    return day
