"""A copy for a guest of a casusoverleg: asked by one, agreed by another, one text, until a day.

Abuse case 24 of meldpunt.md. What the two wrote lies with the report, sealed. The copy has a secret
of its own, wrapped to the guest's pair, and a retention key of its own: it opens nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from meldpunt.reports import policies
from meldpunt.reports.models import GuestCopy, Report
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.destruction import destroy_ended_copies
from meldpunt.reports.services.parts import COPY, Content, place_of_copy
from meldpunt.reports.services.reading import OpenReport
from meldpunt.reports.services.worklist import Work
from meldpunt.reports.services.writing import keep, trace
from meldpunt.reports.workflow import StepNotAllowed
from meldpunt.vault.models import StaffKeyPair
from meldpunt.vault.services.codes import format_reference, reference_of
from meldpunt.vault.services.domains import Keystore, Surface, WrapPublicKey, make_domain
from meldpunt.vault.services.holders import chain_of
from meldpunt.vault.services.staff_keys import fingerprint_of
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.services import record
from portal.regions.models import Municipality

ASKED, AGREED, DECLINED = "guest_asked", "guest_agreed", "guest_declined"
ONCE = UUID("c7b8b0c2-2b7c-4a4f-8a43-7d1f6c5e9a24")


class NotThatLong(Exception):
    """The last day has passed, or lies further away than a guest may read."""


class KeyChanged(Exception):
    """The guest has another key than the one whose mark was asked about, or none any more."""


@dataclass(frozen=True)
class SharedCopy:
    """What was agreed to, and whether its guest can still read it."""

    asked: Content = field(repr=False)
    pk: UUID
    is_running: bool

    @property
    def shown_number(self) -> str:
        """Its number, as the guest sees it."""
        return format_reference(reference_of(self.pk))

    @property
    def whom(self) -> int:
        """The account of the guest."""
        return int(self.asked["whom"])

    @property
    def until(self) -> date:
        """The last day."""
        return date.fromisoformat(self.asked["until"])


@dataclass(frozen=True)
class GuestState:
    """What waits for a second person, and every copy there was."""

    asked: Content | None = field(default=None, repr=False)
    copies: tuple[SharedCopy, ...] = ()

    @property
    def until(self) -> date | None:
        """The last day of what waits."""
        return date.fromisoformat(self.asked["until"]) if self.asked else None


def state_of(opened: OpenReport) -> GuestState:
    """How far it came; a wish whose last day has passed is none."""
    copies = GuestCopy.objects.get_queryset().running().filter(report=opened.work.report)
    running = {str(pk) for pk in copies.values_list("pk", flat=True)}
    asked, shared = None, []
    for part in opened.internal:
        if part["kind"] == ASKED:
            asked = part
        elif part["kind"] == DECLINED:
            asked = None
        elif part["kind"] == AGREED and asked:
            shared.append(SharedCopy(asked, UUID(part["copy"]), part["copy"] in running))
            asked = None
    state = GuestState(asked, tuple(shared))
    if state.until and state.until < timezone.localdate():
        return GuestState(copies=state.copies)
    return state


def possible_guests(work: Work) -> list[User]:
    """Who may get a copy: nobody who can open the report, or who is kept away from it."""
    at = work.report.municipality_id
    staff = User.objects.who_may(Permission.REPORTS_WORK, at=at)
    guests = User.objects.who_may(Permission.REPORTS_COPIES, at=at).exclude(
        pk__in=staff.values("pk")
    )
    return [one for one in guests.order_by("name") if not policies.is_kept_away(one, work.entry)]


def keys_of_guests(people: Iterable[User]) -> dict[int, WrapPublicKey]:
    """The public half of each who made a pair, by account."""
    pairs = StaffKeyPair.objects.filter(user__in=people)
    return {pair.user_id: pair.public_key for pair in pairs}


def last_day() -> date:
    """The furthest day until which a guest may read something from today on."""
    return timezone.localdate() + timedelta(days=settings.MELDPUNT_GUEST_DAYS)


@transaction.atomic
def ask_guest(
    opened: OpenReport,
    *,
    guest: User,
    until: date,
    why: str,
    text: str,
    keys: UnlockedKeys,
    by: User,
) -> None:
    """Ask a colleague to agree that ``guest`` reads exactly ``text``.

    The mark of the guest's key is kept with it: what is agreed to is sealed to that key or not at
    all, whoever changes the database meanwhile.

    Raises:
        PermissionDenied: ``by`` does not handle this report, or ``guest`` can be none.
        StepNotAllowed: something waits already.
        NotThatLong: ``until`` has passed, or is too far away.
        KeyChanged: ``guest`` has no key yet.
    """
    work = opened.work
    if not policies.can_handle(by, work.report, work.entry) or guest not in possible_guests(work):
        raise PermissionDenied
    if state_of(opened).asked:
        raise StepNotAllowed
    if not timezone.localdate() <= until <= last_day():
        raise NotThatLong
    public = keys_of_guests([guest]).get(guest.pk)
    if public is None:
        raise KeyChanged
    asked = {
        "kind": ASKED,
        "text": why,
        "shared": text,
        "whom": guest.pk,
        "until": until.isoformat(),
        "mark": public.fingerprint,
        "by": by.pk,
    }
    keep(work, asked, keys)
    trace("report.guest_asked", work, by, details={"whom": guest.reference})


@transaction.atomic
def agree_to_guest(opened: OpenReport, *, keys: UnlockedKeys, by: User) -> GuestCopy:
    """Agree, as somebody who did not ask: the copy is made, and an older one of this guest ends.

    Raises:
        PermissionDenied: ``by`` asked, or can't open this report.
        StepNotAllowed: nothing waits.
        KeyChanged: the guest may read no copies any more, or has another key than was asked about.
        AlreadyWritten: a colleague agrees at the same moment.
    """
    work, asked = opened.work, state_of(opened).asked
    if asked is None:
        raise StepNotAllowed
    if not policies.can_agree_to_guest(by, work.report, work.entry, asked_by=asked["by"]):
        raise PermissionDenied
    guest = next((one for one in possible_guests(work) if one.pk == asked["whom"]), None)
    public = keys_of_guests([guest] if guest else []).get(asked["whom"])
    if guest is None or public is None or public.fingerprint != asked["mark"]:
        raise KeyChanged
    pk, once = uuid4(), uuid5(ONCE, f"{work.report.pk}|{asked['seq']}")
    agreed = {"kind": AGREED, "copy": str(pk), "whom": guest.pk, "by": by.pk}
    keep(work, agreed, keys, message_id=once)
    end_copies_of(work.report, guest=guest, by=by)
    copy, commitment = _make(pk, work.report, guest, asked, public)
    told = {"whom": guest.reference, "keys": {f"{COPY}{copy.pk}": commitment.hex()}}
    trace("report.guest_agreed", work, by, details=told)
    return copy


@transaction.atomic
def decline_guest(opened: OpenReport, *, keys: UnlockedKeys, by: User) -> None:
    """Do not agree; or take it back, as who asked.

    Raises:
        PermissionDenied: ``by`` can't open this report.
        StepNotAllowed: nothing waits.
    """
    work, asked = opened.work, state_of(opened).asked
    if asked is None:
        raise StepNotAllowed
    if not policies.can_open(by, work.report, work.entry):
        raise PermissionDenied
    keep(work, {"kind": DECLINED, "whom": asked["whom"], "by": by.pk}, keys)
    trace("report.guest_declined", work, by, outcome="refused")


@transaction.atomic
def end_guest(opened: OpenReport, *, copy: UUID, keys: UnlockedKeys, by: User) -> None:
    """Let a guest read no longer, before the last day.

    Raises:
        PermissionDenied: ``by`` does not handle this report, or it has no such copy that runs.
    """
    work = opened.work
    if not policies.can_handle(by, work.report, work.entry):
        raise PermissionDenied
    found = next(
        (one for one in state_of(opened).copies if one.pk == copy and one.is_running), None
    )
    if found is None:
        raise PermissionDenied
    keep(work, {"kind": "guest_ended", "whom": found.whom, "by": by.pk}, keys)
    _end([GuestCopy.objects.get_queryset().get(pk=copy)], by=by.reference)


@transaction.atomic
def end_copies_of(report: Report, *, guest: User | None = None, by: User) -> int:
    """End every copy of a report, or those of one guest; the number of them.

    They open nothing from now on; the reaper destroys their keys and their rows.
    """
    copies = GuestCopy.objects.filter(report=report, was_ended=False)
    if guest is not None:
        copies = copies.filter(guest=guest.reference)
    return _end(copies.select_related("municipality"), by=by.reference)


def end_copies_without_role(guest: User) -> None:
    """End what was shared with somebody, wherever no role of theirs allows copies any more."""
    with working_in(Municipality.objects.values_list("pk", flat=True)), transaction.atomic():
        copies = GuestCopy.objects.filter(guest=guest.reference, was_ended=False)
        over = [
            copy
            for copy in copies.select_related("municipality")
            if not guest.may(Permission.REPORTS_COPIES, at=copy.municipality_id)
        ]
        _end(over, by="system", reason="role ended")


def end_changed_sign_in(copy: GuestCopy) -> None:
    """End a copy whose guest signs in another way since: somebody else may sit there."""
    with transaction.atomic():
        _end([copy], by="system", reason="sign-in changed")


def _end(copies: Iterable[GuestCopy], *, by: str, reason: str = "") -> int:
    places = set()
    count = 0
    for copy in copies:
        copy.was_ended = True
        copy.save(update_fields=["was_ended"])
        record(
            "report.guest_ended",
            by=by,
            subject=f"report:{reference_of(copy.report_id)}",
            reason=reason,
            details={"whom": copy.guest},
            chain=chain_of(copy.municipality),
            precision="hour",
        )
        places.add(copy.municipality)
        count += 1
    if settings.MELDPUNT_REAPER == "direct":
        for place in places:
            transaction.on_commit(partial(destroy_ended_copies, place))
    return count


def _make(
    pk: UUID, report: Report, guest: User, asked: Content, public: WrapPublicKey
) -> tuple[GuestCopy, bytes]:
    """The row, and what names its retention key in the trail. With another last day it opens not."""
    last = date.fromisoformat(asked["until"])
    domain = make_domain(
        place_of_copy(pk, report.municipality_id), keystore=Keystore(Surface.WORKSPACE)
    )
    copy = GuestCopy.objects.create(
        id=pk,
        report=report,
        municipality=report.municipality,
        guest=guest.reference,
        ends_on=last,
        wrap=domain.wrapped_to(public),
        envelope=domain.seal(asked["shared"], row=pk, seq=last.toordinal()),
        login_fingerprint=fingerprint_of(guest),
    )
    return copy, domain.commitment
