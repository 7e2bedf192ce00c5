"""Where a learner stands with a module, out of what the register holds (domain.md 7.4)."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from knowledge.training.models import Enrolment, ModulePage

EXPIRING_DAYS = 60
DONE = ("valid", "expiring", "changed")


def is_outdated(enrolment: "Enrolment", module: "ModulePage") -> bool:
    """Whether the content changed since this learner last proved to know it.

    Close to the end of a certificate the whole test is asked for instead: that one gives new time.
    """
    today = timezone.localdate()
    changed = module.content_changed_on
    return bool(
        changed
        and enrolment.valid_until
        and enrolment.refreshed_on
        and enrolment.refreshed_on < changed
        and (enrolment.valid_until - today).days > EXPIRING_DAYS
    )


def state_of(
    enrolment: "Enrolment | None", module: "ModulePage", *, has_draft: bool, today: date
) -> str:
    """One word for where a learner is."""
    if enrolment is None:
        return "open"
    if enrolment.valid_until:
        if enrolment.valid_until < today:
            return "expired"
        if is_outdated(enrolment, module):
            return "changed"
        if (enrolment.valid_until - today).days <= EXPIRING_DAYS:
            return "expiring"
        return "valid"
    if has_draft:
        return "started"
    if enrolment.failed_at:
        return "failed"
    if enrolment.due_on and enrolment.due_on < today:
        return "overdue"
    return "invited" if enrolment.invited_at else "started"
