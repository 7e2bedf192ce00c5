"""The day before which something must happen (domain.md 7.1); all terms are settings."""

from datetime import date, timedelta

from django.conf import settings

from meldpunt.reports.models import IndexEntry
from meldpunt.reports.workflow import ReportState
from portal.regions import working_days

DONE = (ReportState.CLOSED, ReportState.DESTROYED)


def due_on(entry: IndexEntry) -> date | None:
    """The next deadline of a report, or none once it is closed."""
    terms = settings.MELDPUNT_DEADLINES
    match entry.state:
        case ReportState.RECEIVED:
            days = terms["urgent_triage_days"] if entry.is_urgent else terms["triage_days"]
            return working_days_after(entry.received, days)
        case ReportState.IN_TRIAGE:
            return working_days_after(entry.received, terms["outcome_days"])
        case ReportState.AWAITING_REPORTER:
            return last_day_to_answer(entry)
        case ReportState.FOR_WEIGHING:
            agenda = entry.weighing_on or entry.state_since or entry.received
            return working_days_after(agenda, terms["transfer_days"])
        case ReportState.CLOSED | ReportState.DESTROYED:
            return None
        case _:
            since = entry.interim_on or entry.received
            return working_days_after(since, terms["feedback_days"])


def last_day_to_answer(entry: IndexEntry) -> date:
    """Until when the desk waits for the reporter; afterwards it goes on without an answer."""
    since = entry.state_since or entry.received
    return since + timedelta(days=settings.MELDPUNT_DEADLINES["reporter_answer_calendar_days"])


def last_weighing_day(*, today: date) -> date:
    """The latest day on which a signal may be weighed."""
    return today + timedelta(days=settings.MELDPUNT_DEADLINES["weighing_calendar_days"])


def is_late(entry: IndexEntry, *, on: date) -> bool:
    """Whether the deadline has passed: from then on any colleague may step in."""
    return entry.due is not None and entry.due < on


def must_escalate(entry: IndexEntry, *, on: date) -> bool:
    """Whether a report has been open for so long that the process owner must know."""
    days = settings.MELDPUNT_DEADLINES["escalate_calendar_days"]
    return entry.state not in DONE and (on - entry.received).days > days


def working_days_after(start: date, days: int) -> date:
    """``days`` days later on which the desk is open (``MELDPUNT_DAYS_OFF`` are more days off)."""
    return working_days.working_days_after(start, days, closed=settings.MELDPUNT_DAYS_OFF)


def is_working_day(day: date) -> bool:
    """Whether somebody is at the desk."""
    return working_days.is_working_day(day, closed=settings.MELDPUNT_DAYS_OFF)
