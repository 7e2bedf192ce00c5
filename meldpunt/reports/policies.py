"""Who may do what with a report. Keys decide besides, never instead (meldpunt.md 6.6)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from portal.accounts.roles import Permission

if TYPE_CHECKING:
    from meldpunt.reports.models import Hold, IndexEntry, Report
    from portal.accounts.models import User


def visible_q(user: "User | AnonymousUser") -> Q:
    """The reports of the municipalities where ``user`` is meldpunt staff today."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    return Q(municipality__in=user.municipalities_where(Permission.REPORTS_WORK))


def can_view(user: "User | AnonymousUser", report: "Report") -> bool:
    """The same rule as ``visible_q``, for one report."""
    return user.is_authenticated and user.may(Permission.REPORTS_WORK, at=report.municipality_id)


def can_open(user: "User | AnonymousUser", report: "Report", entry: "IndexEntry") -> bool:
    """Staff of this meldpunt who are not kept away from this report (meldpunt.md 6.6)."""
    return can_view(user, report) and not is_kept_away(user, entry)


def is_kept_away(user: "User | AnonymousUser", entry: "IndexEntry") -> bool:
    """For whom the report does not exist: since two people say so, or since one does for a few days.

    A second person is found in that time; without one the colleague comes back.
    """
    if user.pk in entry.excluded:
        return True
    return entry.away == user.pk and not entry.away_ends and waits_about_colleague(entry)


def waits_about_colleague(entry: "IndexEntry") -> bool:
    """Whether somebody proposed to keep a colleague away, or to let them back, a few days ago."""
    return entry.away_on is not None and timezone.localdate() <= last_day_to_agree(entry.away_on)


def last_day_to_agree(asked_on: date) -> date:
    """Until when a second person can agree about a colleague."""
    return asked_on + timedelta(days=settings.MELDPUNT_EXCLUSION_WAITS_DAYS)


def can_agree_about_colleague(user: "User", report: "Report", entry: "IndexEntry") -> bool:
    """A second person: not who proposed it, and not whom it is about (GR-11)."""
    return (
        can_open(user, report, entry)
        and waits_about_colleague(entry)
        and user.pk not in (entry.away_by, entry.away)
    )


def can_agree_to_hand_over(user: "User", report: "Report", entry: "IndexEntry") -> bool:
    """A second person: not who proposed that another meldpunt gets it (GR-11)."""
    return can_open(user, report, entry) and entry.hand_to is not None and user.pk != entry.hand_by


def can_handle(user: "User", report: "Report", entry: "IndexEntry") -> bool:
    """Only the one to whom it is assigned takes the steps of a handler."""
    return can_open(user, report, entry) and entry.assignee == user.pk


def can_step_in(user: "User", report: "Report", entry: "IndexEntry", *, on: date) -> bool:
    """Who may become the handler: of a free report anybody, of a colleague's the deputy.

    Once its deadline has passed, or when it is urgent, any colleague (domain.md 7.1).
    """
    if not can_open(user, report, entry):
        return False
    is_free = entry.assignee is None or entry.deputy == user.pk
    is_late = entry.due is not None and entry.due < on
    return is_free or is_late or entry.is_urgent


def can_write_texts(user: "User", municipality: int) -> bool:
    """The staff of a meldpunt keep its standard texts."""
    return user.may(Permission.REPORTS_WORK, at=municipality)


def can_agree_to_guest(
    user: "User", report: "Report", entry: "IndexEntry", *, asked_by: int
) -> bool:
    """A colleague who did not ask (GR-11)."""
    return can_open(user, report, entry) and user.pk != asked_by


def own_copies_q(user: "User | AnonymousUser") -> Q:
    """The copies for ``user``, where a role allows copies today."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    places = user.municipalities_where(Permission.REPORTS_COPIES)
    return Q(guest=user.reference, municipality__in=places)


def can_set_uploads(user: "User", municipality: int) -> bool:
    """Who keeps the settings of a municipality, and never opens a report (domain.md 5.2)."""
    return user.may(Permission.REPORTS_SETTINGS, at=municipality)


def can_take_calls(user: "User", municipality: int) -> bool:
    """The staff of a meldpunt type in what somebody tells on the telephone."""
    return user.may(Permission.REPORTS_WORK, at=municipality)


def can_be_second(user: "User", report: "Report", entry: "IndexEntry") -> bool:
    """A colleague who did not propose the step that waits (GR-11)."""
    return (
        can_open(user, report, entry)
        and entry.pending is not None
        and user.pk not in (entry.pending_by, entry.assignee)
    )


def can_supervise(user: "User", municipality: int) -> bool:
    """The FG of a municipality: pauses destruction, and never handles (GR-13)."""
    return user.may(Permission.REPORTS_SUPERVISE, at=municipality)


def can_confirm_hold(user: "User", hold: "Hold") -> bool:
    """A second person, of the supervision or of the desk; never who asked."""
    here = user.may(Permission.REPORTS_SUPERVISE, at=hold.municipality_id) or user.may(
        Permission.REPORTS_WORK, at=hold.municipality_id
    )
    return here and not hold.confirmed_by and not hold.lifted_by and hold.asked_by != user.reference


def can_answer_requests(user: "User", municipality: int) -> bool:
    """The desk and the supervision of a municipality keep its register of requests."""
    return user.may(Permission.REPORTS_WORK, at=municipality) or can_supervise(user, municipality)
