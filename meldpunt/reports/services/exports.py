"""A report as a file for somebody outside: asked by one, agreed by another, marked, and good once.

Abuse case 24 of meldpunt.md. What the two wrote lies with the report, sealed; the file itself is
made in memory and is nowhere kept.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meldpunt.reports import policies
from meldpunt.reports.services.parts import Content
from meldpunt.reports.services.reading import OpenReport
from meldpunt.reports.services.writing import keep, trace
from meldpunt.reports.workflow import StepNotAllowed
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.models import User
from portal.figures.tables import table

ASKED, AGREED, TAKEN = "export_asked", "export_agreed", "exported"
ONCE = UUID("5d0c1f4a-6a0e-4c55-9d39-0a4f4f8d2c11")
Line = tuple[str, str, str, str]


@dataclass(frozen=True)
class ExportState:
    """How far the last wish for a file came."""

    asked: Content | None = None
    agreed: Content | None = None

    @property
    def ends_on(self) -> date | None:
        """The last day on which the file can be taken."""
        if self.agreed is None:
            return None
        last: date = self.agreed["on"] + timedelta(days=settings.MELDPUNT_EXPORT_DAYS)
        return last

    def waits_for(self, user: User) -> bool:
        """Whether it waits for a second person, and ``user`` can be that."""
        return self.asked is not None and self.agreed is None and self.asked["by"] != user.pk

    def is_ready_for(self, user: User) -> bool:
        """Whether ``user`` asked for it, a colleague agreed, and it is not too late."""
        if self.asked is None or self.ends_on is None:
            return False
        return self.asked["by"] == user.pk and timezone.localdate() <= self.ends_on


def state_of(opened: OpenReport) -> ExportState:
    """The last wish, until the file was taken or the days ran out."""
    state = ExportState()
    for part in opened.internal:
        if part["kind"] == ASKED:
            state = ExportState(asked=part)
        elif part["kind"] == AGREED and state.asked:
            state = ExportState(asked=state.asked, agreed=part)
        elif part["kind"] == TAKEN:
            state = ExportState()
    if state.ends_on and state.ends_on < timezone.localdate():
        return ExportState()
    return state


@transaction.atomic
def ask_export(opened: OpenReport, *, why: str, keys: UnlockedKeys, by: User) -> None:
    """Ask a colleague to agree.

    Raises:
        PermissionDenied: ``by`` does not handle this report.
        StepNotAllowed: somebody asked already.
    """
    work = opened.work
    if not policies.can_handle(by, work.report, work.entry):
        raise PermissionDenied
    if state_of(opened).asked:
        raise StepNotAllowed
    keep(work, {"kind": ASKED, "text": why, "by": by.pk}, keys)
    trace("report.export_asked", work, by)


@transaction.atomic
def agree_to_export(opened: OpenReport, *, keys: UnlockedKeys, by: User) -> None:
    """Agree, as somebody who did not ask.

    Raises:
        PermissionDenied: ``by`` asked, or can't open this report.
        StepNotAllowed: nothing waits.
    """
    work, state = opened.work, state_of(opened)
    if state.asked is None or state.agreed is not None:
        raise StepNotAllowed
    if not policies.can_open(by, work.report, work.entry) or not state.waits_for(by):
        raise PermissionDenied
    keep(work, {"kind": AGREED, "by": by.pk}, keys)
    trace("report.export_agreed", work, by)


@transaction.atomic
def take_export(opened: OpenReport, *, lines: Iterable[Line], keys: UnlockedKeys, by: User) -> str:
    """The file: each row says who took it and when, under a mark that stands in the trail.

    Args:
        opened: The report, opened with a reason.
        lines: What of it leaves: part, from whom, day, text.
        keys: What ``by`` unlocked, by the passphrase just now.
        by: Who asked.

    Raises:
        PermissionDenied: nobody agreed, it was taken before, or it is not for ``by``.
        AlreadyWritten: it is being taken in another window.
    """
    work, state = opened.work, state_of(opened)
    is_handler = policies.can_handle(by, work.report, work.entry)
    if not is_handler or not state.is_ready_for(by) or state.agreed is None:
        raise PermissionDenied
    mark = secrets.token_hex(4)
    once = uuid5(ONCE, f"{work.report.pk}|{state.agreed['seq']}")
    keep(work, {"kind": TAKEN, "text": mark, "by": by.pk}, keys, message_id=once)
    trace("report.exported", work, by, details={"mark": mark})
    shown = f"{mark} · {by} · {timezone.localdate():%d-%m-%Y}"
    columns = (_("Mark"), _("Report"), _("Part"), _("From"), _("Day"), _("Text"))
    return table(columns, [(shown, work.report.shown_ref, *line) for line in lines])
