"""What must be true before a step besides what is written down (domain.md 7.1, GR-14)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.models import IndexEntry, Report, Urgency
from meldpunt.reports.services.deadlines import last_weighing_day
from meldpunt.reports.workflow import ReferralChannel, ReportState

Recorded = dict[str, Any]
Guard = Callable[[Report, IndexEntry, Recorded, date], Promise | None]
S = ReportState


class NotRecorded(Exception):
    """Something that must be written down with this step is missing."""


class Refused(Exception):
    """A guard says no; ``field`` is where the reason belongs, ``reason`` what people read."""

    def __init__(self, field: str | None, reason: Promise) -> None:
        super().__init__(field or "step")
        self.field, self.reason = field, reason


def require_sound(report: Report, entry: IndexEntry, to: ReportState, recorded: Recorded) -> None:
    """Ask every guard of this step. Raises ``Refused``."""
    today = timezone.localdate()
    for field, guard in GUARDS.get((entry.state, to), ()):
        if reason := guard(report, entry, recorded, today):
            raise Refused(field, reason)


def _basis_is_valid(
    report: Report, entry: IndexEntry, recorded: Recorded, today: date
) -> Promise | None:
    if date.fromisoformat(recorded["basis_until"]) < today:
        return _("This legal basis has expired. Name one that is valid.")
    return None


def _basis_still_holds(
    report: Report, entry: IndexEntry, recorded: Recorded, today: date
) -> Promise | None:
    if entry.basis_until is not None and entry.basis_until < today:
        return _("The legal basis has expired since. It can't be transferred on it.")
    return None


def _weighing_is_soon(
    report: Report, entry: IndexEntry, recorded: Recorded, today: date
) -> Promise | None:
    wanted = date.fromisoformat(recorded["weighing_on"])
    if wanted < today:
        return _("This day has passed.")
    if wanted > last_weighing_day(today=today):
        return _("This is too far away. Choose an earlier weighing.")
    return None


def _danger_goes_to_112(
    report: Report, entry: IndexEntry, recorded: Recorded, today: date
) -> Promise | None:
    if entry.urgency is Urgency.NOW and recorded["referral_channel"] != ReferralChannel.POLICE:
        return _("Somebody is in danger: call the police first, and write that down here.")
    return None


def _consent_only_where_somebody_is_known(
    report: Report, entry: IndexEntry, recorded: Recorded, today: date
) -> Promise | None:
    if recorded["contact_consent"] == "yes" and not entry.has_identity:
        return _("The reporter is anonymous: there is nothing to pass on.")
    return None


def _confirmed_after_weighing(
    report: Report, entry: IndexEntry, recorded: Recorded, today: date
) -> Promise | None:
    if entry.state_since and date.fromisoformat(recorded["confirmed_on"]) < entry.state_since:
        return _("They can't have confirmed it before it came to weighing.")
    return None


def _content_is_there(
    report: Report, entry: IndexEntry, recorded: Recorded, today: date
) -> Promise | None:
    if report.destroy_on is None or report.destroy_on < today:
        return _("Its time is over. It can't be opened again.")
    return None


def _reporter_asked(
    report: Report, entry: IndexEntry, recorded: Recorded, today: date
) -> Promise | None:
    return None if entry.withdrawal_asked else _("The reporter did not ask for this.")


GUARDS: dict[tuple[ReportState, ReportState], tuple[tuple[str | None, Guard], ...]] = {
    (S.IN_TRIAGE, S.REFERRED): (
        ("referral_channel", _danger_goes_to_112),
        ("contact_consent", _consent_only_where_somebody_is_known),
    ),
    (S.IN_TRIAGE, S.FOR_WEIGHING): (
        ("basis_until", _basis_is_valid),
        ("weighing_on", _weighing_is_soon),
    ),
    (S.FOR_WEIGHING, S.TRANSFERRED): (
        (None, _basis_still_holds),
        ("confirmed_on", _confirmed_after_weighing),
    ),
    (S.FOR_WEIGHING, S.WITHDRAWN): ((None, _reporter_asked),),
    (S.CLOSED, S.IN_TRIAGE): ((None, _content_is_there),),
}
