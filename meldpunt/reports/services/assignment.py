"""Who works on a report: handler, deputy, and who is kept away from it (domain.md 7.1)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from meldpunt.reports import policies
from meldpunt.reports.models import IndexEntry, SecretWrap, Urgency
from meldpunt.reports.services import circles, guests
from meldpunt.reports.services.guards import NotRecorded
from meldpunt.reports.services.worklist import Work, save_entry
from meldpunt.reports.services.writing import keep, tell_reporter, trace
from meldpunt.reports.workflow import ReporterStatus, ReportState, StepNotAllowed
from meldpunt.vault.models import KeyWrap
from meldpunt.vault.services.domains import Domain
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.models import User
from portal.accounts.roles import Permission

DONE = (ReportState.CLOSED, ReportState.DESTROYED)
NOTHING_WAITS: dict[str, bool | None] = {
    "away": None,
    "away_by": None,
    "away_on": None,
    "away_ends": False,
}
LEAST_LEFT = 2  # whoever is left must be able to take a step that needs two people


class TooFewLeft(Exception):
    """With one more person kept away, nobody could be handler and second person."""


@transaction.atomic
def assign_to_self(
    work: Work, *, urgency: Urgency | None = None, why: str = "", keys: UnlockedKeys, by: User
) -> Work:
    """Become the handler: of a new report, or in the place of a colleague.

    Args:
        work: The report with its entry.
        urgency: How soon it really is; who takes a new report checks that.
        why: Why somebody steps in who is not the deputy.
        keys: What ``by`` unlocked.
        by: Who takes it.

    Raises:
        PermissionDenied: ``by`` is not staff of this meldpunt, or may not step in yet.
        StepNotAllowed: the report is closed.
        ChangedMeanwhile: somebody else was first.
    """
    entry = work.entry
    if entry.state in DONE:
        raise StepNotAllowed
    if not may_take(work, by):
        raise PermissionDenied
    trace("report.assigned", work, by)
    if entry.state is not ReportState.RECEIVED:
        keep(work, {"kind": "taken_over", "text": why, "by": by.pk}, keys)
        return save_entry(work, entry.but(assignee=by.pk, deputy=None), keys=keys)
    work = tell_reporter(work, {"kind": "status", "status": ReporterStatus.LOOKED_AT}, keys)
    step = {"kind": "step", "from": entry.state, "to": ReportState.IN_TRIAGE, "by": by.pk}
    keep(work, step, keys)
    entry = work.entry.but(
        state=ReportState.IN_TRIAGE,
        state_since=timezone.localdate(),
        assignee=by.pk,
        urgency=urgency or entry.urgency,
    )
    return save_entry(work, entry, keys=keys)


def may_take(work: Work, user: User) -> bool:
    """Whether ``user`` may become the handler now."""
    entry = work.entry
    if entry.state in DONE or entry.assignee == user.pk:
        return False
    on = timezone.localdate()
    if policies.can_step_in(user, work.report, entry, on=on):
        return True
    return policies.can_open(user, work.report, entry) and _is_gone(work)


def must_say_why(work: Work, user: User) -> bool:
    """Whether stepping in needs a reason: not for a free report, nor for the deputy."""
    return work.entry.assignee is not None and work.entry.deputy != user.pk


@transaction.atomic
def name_deputy(work: Work, *, deputy: User | None, keys: UnlockedKeys, by: User) -> Work:
    """Say who takes over when the handler is away; ``None`` takes it back.

    Raises:
        PermissionDenied: ``by`` is not the handler, or ``deputy`` can't open this report.
        ChangedMeanwhile: somebody else changed the report.
    """
    if not policies.can_handle(by, work.report, work.entry):
        raise PermissionDenied
    if deputy is not None and deputy not in colleagues_for(work, by):
        raise PermissionDenied
    trace(
        "report.deputy_named",
        work,
        by,
        details={"deputy": deputy.reference} if deputy else {},
    )
    return save_entry(work, work.entry.but(deputy=deputy.pk if deputy else None), keys=keys)


@transaction.atomic
def exclude(work: Work, *, colleague: User, why: str, keys: UnlockedKeys, by: User) -> Work:
    """Keep somebody away from a report; from now on it does not exist for them.

    A second person must agree within a few days, and then the report gets new keys. Somebody with
    a conflict of interest keeps themselves away without a second person.

    Raises:
        PermissionDenied: ``by`` can't open it, or ``colleague`` does not work here.
        StepNotAllowed: something about a colleague waits already.
        TooFewLeft: fewer than two people would be left.
        ChangedMeanwhile: somebody else changed the report.
    """
    entry, able = work.entry, able_to_open(work)
    if not policies.can_open(by, work.report, entry) or colleague not in able:
        raise PermissionDenied
    if policies.waits_about_colleague(entry):
        raise StepNotAllowed
    if len(able) - 1 < LEAST_LEFT:
        raise TooFewLeft
    guests.end_copies_of(work.report, guest=colleague, by=by)
    keep(work, {"kind": "excluded", "text": why, "by": by.pk, "whom": colleague.pk}, keys)
    if colleague == by:
        trace("report.excluded", work, by, details={"whom": colleague.reference})
        return save_entry(work, _without(entry, colleague), keys=keys)
    trace("report.excluded", work, by, outcome="proposed", details={"whom": colleague.reference})
    return save_entry(work, _proposed(entry, colleague, by), keys=keys)


@transaction.atomic
def let_back(work: Work, *, colleague: User, why: str, keys: UnlockedKeys, by: User) -> Work:
    """Propose that somebody who is kept away comes back; nothing changes until a second agrees.

    Raises:
        PermissionDenied: ``by`` can't open it, or ``colleague`` is not kept away.
        StepNotAllowed: something about a colleague waits already.
        ChangedMeanwhile: somebody else changed the report.
    """
    if not policies.can_open(by, work.report, work.entry):
        raise PermissionDenied
    if colleague.pk not in work.entry.excluded:
        raise PermissionDenied
    if policies.waits_about_colleague(work.entry):
        raise StepNotAllowed
    keep(work, {"kind": "let_back", "text": why, "by": by.pk, "whom": colleague.pk}, keys)
    trace("report.let_back", work, by, outcome="proposed", details={"whom": colleague.reference})
    return save_entry(work, _proposed(work.entry, colleague, by, ends=True), keys=keys)


@transaction.atomic
def agree_about_colleague(work: Work, *, keys: UnlockedKeys, by: User) -> tuple[Work, UnlockedKeys]:
    """Be the second person who keeps a colleague away, or lets them back.

    Returns:
        The report, and the unlocked keys with those that were made for who stays.

    Raises:
        PermissionDenied: nothing waits, ``by`` proposed it, or it is about ``by``.
        ChangedMeanwhile: somebody else changed the report.
    """
    colleague = _waiting(work, by)
    if work.entry.away_ends:
        left = tuple(pk for pk in work.entry.excluded if pk != colleague.pk)
        entry, action = work.entry.but(excluded=left), "report.let_back"
    else:
        entry, action = _without(work.entry, colleague), "report.excluded"
    keep(work, {"kind": "agreed", "by": by.pk, "whom": colleague.pk}, keys)
    trace(action, work, by, details={"whom": colleague.reference})
    work = save_entry(work, entry.but(**NOTHING_WAITS), keys=keys)
    return circles.tend(work, keys=keys, by=by)


@transaction.atomic
def decline_about_colleague(work: Work, *, keys: UnlockedKeys, by: User) -> Work:
    """Be the second person who does not agree: all stays as it was before.

    Raises:
        PermissionDenied: as for ``agree_about_colleague``.
    """
    colleague = _waiting(work, by)
    action = "report.let_back" if work.entry.away_ends else "report.excluded"
    keep(work, {"kind": "not_agreed", "by": by.pk, "whom": colleague.pk}, keys)
    trace(action, work, by, outcome="refused", details={"whom": colleague.reference})
    return save_entry(work, work.entry.but(**NOTHING_WAITS), keys=keys)


def _waiting(work: Work, by: User) -> User:
    if not policies.can_agree_about_colleague(by, work.report, work.entry):
        raise PermissionDenied
    return User.objects.get(pk=work.entry.away or 0)


def _proposed(entry: IndexEntry, colleague: User, by: User, *, ends: bool = False) -> IndexEntry:
    entry = entry if ends else _free_of(entry, colleague)
    on = timezone.localdate()
    return entry.but(away=colleague.pk, away_by=by.pk, away_on=on, away_ends=ends)


def _without(entry: IndexEntry, colleague: User) -> IndexEntry:
    entry = _free_of(entry, colleague)
    return entry.but(excluded=(*entry.excluded, colleague.pk))


def _free_of(entry: IndexEntry, colleague: User) -> IndexEntry:
    """Without any part that the colleague has in it."""
    entry = entry.but(
        assignee=None if entry.assignee == colleague.pk else entry.assignee,
        deputy=None if entry.deputy == colleague.pk else entry.deputy,
    )
    if colleague.pk == entry.pending_by:
        entry = entry.but(pending=None, pending_by=None)
    if colleague.pk == entry.hand_by:
        entry = entry.but(hand_to=None, hand_by=None, hand_name=False)
    return entry


@transaction.atomic
def declare_no_conflict(work: Work, *, text: str, keys: UnlockedKeys, by: User) -> None:
    """Keep what somebody says of their own interest in it, when they go on (GR-28).

    Raises:
        PermissionDenied: ``by`` can't open it.
    """
    if not policies.can_open(by, work.report, work.entry):
        raise PermissionDenied
    keep(work, {"kind": "conflict", "text": text, "by": by.pk}, keys)
    trace("report.note_added", work, by)


@transaction.atomic
def keep_in_weighing(work: Work, *, why: str, keys: UnlockedKeys, by: User) -> Work:
    """Go on with weighing although the reporter withdrew; only with a reason (domain.md 7.1).

    Raises:
        PermissionDenied: ``by`` is not the handler.
        StepNotAllowed: it is not being weighed, or nobody withdrew.
        NotRecorded: there is no reason.
    """
    if not policies.can_handle(by, work.report, work.entry):
        raise PermissionDenied
    entry = work.entry
    if entry.state is not ReportState.FOR_WEIGHING or not entry.withdrawal_asked:
        raise StepNotAllowed
    if not why.strip():
        raise NotRecorded
    keep(work, {"kind": "kept", "text": why, "by": by.pk}, keys)
    trace("report.state_changed", work, by, outcome="kept")
    return save_entry(work, entry.but(withdrawal_asked=False), keys=keys)


def able_to_open(work: Work) -> list[User]:
    """The staff who hold a key of this report and are not kept away from it."""
    wraps = SecretWrap.objects.filter(report=work.report, domain=Domain.INTERNAL)
    holding = KeyWrap.objects.filter(
        key__municipality=work.report.municipality,
        key__key_id__in=list(wraps.values_list("key_id", flat=True)),
    )
    able = User.objects.who_may(Permission.REPORTS_WORK, at=work.report.municipality_id)
    found = able.filter(pk__in=holding.values("holder")).order_by("pk")
    return [person for person in found if not policies.is_kept_away(person, work.entry)]


def colleagues_for(work: Work, user: User) -> list[User]:
    """The others who can open this report."""
    return [one for one in able_to_open(work) if one != user]


def _is_gone(work: Work) -> bool:
    """The handler does not work here any more."""
    handler = User.objects.filter(pk=work.entry.assignee or 0).first()
    return handler is None or not policies.can_view(handler, work.report)
