"""A report goes to the meldpunt of another municipality: two people here, new keys there.

Everything that goes along gets new secrets and new retention keys, wrapped to the keys of the
other meldpunt. The old wraps go at once and the old retention keys die, so that nobody here opens a
row that was saved before (meldpunt.md 6.6; abuse case 24). Notes stay behind and die with them.
"""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from meldpunt.reports import policies
from meldpunt.reports.models import (
    FileChunk,
    HandOver,
    Hold,
    IndexBlob,
    IndexEntry,
    Report,
    RightsRequest,
    SealedPart,
    SecretWrap,
    ShredOrder,
    Tombstone,
)
from meldpunt.reports.querysets import current_municipalities, working_in
from meldpunt.reports.services.deadlines import due_on
from meldpunt.reports.services.destruction import prove_hand_overs
from meldpunt.reports.services.guards import Refused
from meldpunt.reports.services.guests import end_copies_of
from meldpunt.reports.services.parts import (
    ChangedMeanwhile,
    add_part,
    next_seq,
    older_places_of,
    place_of,
    read_part,
    rows_of,
    this_week,
    today,
)
from meldpunt.reports.services.rekeying import make_anew, open_domains, seal_over
from meldpunt.reports.services.worklist import Work, save_entry
from meldpunt.reports.services.writing import keep, trace
from meldpunt.reports.workflow import ReporterStatus, ReportState, StepNotAllowed
from meldpunt.vault.models import PublicKeyRecord
from meldpunt.vault.services.domains import (
    Domain,
    KeyGone,
    Keystore,
    NoKeyForThis,
    OpenDomain,
    Surface,
    commitment_of,
    own_index_domain,
)
from meldpunt.vault.services.holders import chain_of, open_desks
from meldpunt.vault.services.trust import KeyRole, trusted_key
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.services import record
from portal.regions.models import Municipality

FROM = (ReportState.IN_TRIAGE, ReportState.AWAITING_REPORTER)
GOES_ALONG = ("intake", "minimised", "file")  # of what only staff read
WITHOUT_NAME = (Domain.INTERNAL, Domain.DIALOGUE, Domain.REPORT)
KEYED = ["municipality", "epoch", "generation", "identity_generation", "was_handed_in"]


def desks_for(work: Work) -> list[Municipality]:
    """The meldpunten that can get this report; none for one about the municipality's own people.

    That one is sealed to the trust person of the region, who holds no key of the colleagues.
    """
    wraps = SecretWrap.objects.filter(report=work.report, domain=Domain.INTERNAL)
    of_colleagues = PublicKeyRecord.objects.filter(
        municipality=work.report.municipality_id,
        key_id__in=list(wraps.values_list("key_id", flat=True)),
        role__in=(KeyRole.REPORT, KeyRole.CIRCLE),
    )
    if not of_colleagues.exists():
        return []
    return [place for place in open_desks() if place.pk != work.report.municipality_id]


def may_propose(work: Work, user: User) -> bool:
    """Whether ``user`` handles it, and it is still being assessed."""
    return (
        policies.can_handle(user, work.report, work.entry)
        and work.entry.state in FROM
        and work.entry.hand_to is None
    )


@transaction.atomic
def propose_hand_over(
    work: Work, *, to: Municipality, why: str, name_goes: bool, keys: UnlockedKeys, by: User
) -> Work:
    """Propose that another meldpunt gets this report; nothing changes until a colleague agrees.

    Args:
        work: The report with its entry.
        to: Whose meldpunt, one of ``desks_for``.
        why: What the colleague here and the people there read.
        name_goes: Whether the reporter said that the name may go along; else it dies.
        keys: What ``by`` unlocked.
        by: The handler.

    Raises:
        PermissionDenied: ``by`` does not handle it, or ``to`` can't get it.
        StepNotAllowed: it is not being assessed, or somebody proposed this already.
        Refused: something else has to end first.
        ChangedMeanwhile: somebody else changed the report.
    """
    if not policies.can_handle(by, work.report, work.entry) or to not in desks_for(work):
        raise PermissionDenied
    if not may_propose(work, by):
        raise StepNotAllowed
    _require_free(work.report, work.entry)
    note = {"kind": "hand_over_asked", "text": f"{to}: {why}", "why": why, "by": by.pk}
    keep(work, note, keys)
    trace("report.hand_over_asked", work, by, details={"to": to.slug})
    name_goes = name_goes and work.entry.has_identity
    return save_entry(
        work, work.entry.but(hand_to=to.pk, hand_by=by.pk, hand_name=name_goes), keys=keys
    )


@transaction.atomic
def decline_hand_over(work: Work, *, keys: UnlockedKeys, by: User) -> Work:
    """Say no as the second person, or take back what one proposed; all stays as it was.

    Raises:
        PermissionDenied: nothing waits, or ``by`` can't open it.
    """
    if work.entry.hand_to is None or not policies.can_open(by, work.report, work.entry):
        raise PermissionDenied
    keep(work, {"kind": "not_handed_over", "by": by.pk}, keys)
    trace("report.hand_over_declined", work, by)
    return save_entry(work, work.entry.but(hand_to=None, hand_by=None, hand_name=False), keys=keys)


@transaction.atomic
def agree_to_hand_over(work: Work, *, why: str, keys: UnlockedKeys, by: User) -> Municipality:
    """Be the second person: the report leaves this meldpunt at once.

    Args:
        work: The report with its entry.
        why: What was proposed; the people there read it.
        keys: What ``by`` unlocked.
        by: A colleague who did not propose it.

    Returns:
        Whose meldpunt has it now.

    Raises:
        PermissionDenied: nothing waits, or ``by`` proposed it.
        Refused: something else has to end first, ``by`` can't open the name that should go
            along, or the other meldpunt is not open any more.
        ChangedMeanwhile: somebody else changed the report.
    """
    entry = work.entry
    if not policies.can_agree_to_hand_over(by, work.report, entry):
        raise PermissionDenied
    giver = work.report.municipality
    with working_in({*current_municipalities(), entry.hand_to or 0}):
        report: Report = Report.objects.get_queryset().locked(work.report)
        if report.municipality_id != giver.pk:
            raise ChangedMeanwhile
        to = next((place for place in desks_for(work) if place.pk == entry.hand_to), None)
        if to is None:
            raise Refused(None, gettext_lazy("This meldpunt takes no reports now."))
        if entry.state not in FROM:
            raise Refused(None, gettext_lazy("Meanwhile this report took another step."))
        _require_free(report, entry)
        if HandOver.objects.filter(report=report.pk, municipality=to, certificate={}).exists():
            raise Refused(None, gettext_lazy("It came from there today. Send it back tomorrow."))
        _hand_over(Work(report, entry, work.seq), to, why=why, keys=keys, by=by)
    if settings.MELDPUNT_REAPER == "direct":
        transaction.on_commit(lambda: prove_hand_overs(giver))
    return to


def _require_free(report: Report, entry: IndexEntry) -> None:
    """Nothing may hang on a report that goes. Raises ``Refused``."""
    if reason := _what_keeps_it(report, entry):
        raise Refused(None, reason)


def _what_keeps_it(report: Report, entry: IndexEntry) -> Promise | None:
    if entry.pending is not None or policies.waits_about_colleague(entry):
        return gettext_lazy("Something else about this report waits for a colleague.")
    if Hold.objects.in_force(on=timezone.localdate()).filter(report=report).exists():
        return gettext_lazy("The FG paused the destruction of this report: it has to stay here.")
    if RightsRequest.objects.filter(report=report, answered_by="").exists():
        return gettext_lazy("Somebody asked about their data in this report. Answer that first.")
    if ShredOrder.objects.filter(report=report).exists():
        return gettext_lazy("A part of it is being destroyed now. Try again tomorrow.")
    return None


def _hand_over(work: Work, to: Municipality, *, why: str, keys: UnlockedKeys, by: User) -> None:
    report, entry, giver = work.report, work.entry, work.report.municipality
    old = open_domains(report, WITHOUT_NAME, keys) | _name_that_goes(report, entry, keys)
    details = {"to": to.slug, "first": User.objects.get(pk=entry.hand_by or 0).reference}
    trace("report.handed_over", work, by, details=details)
    HandOver.objects.create(
        municipality=giver,
        report=report.pk,
        to=to,
        week=this_week(),
        came_in=report.week,
        was_handed_in=report.was_handed_in,
        keys=_keys_of(report),
    )
    end_copies_of(report, by=by)
    _move_rows(report, to, old)
    new = _under_keys_of(report, to, old)
    _tell(report, to, new, entry, why=f"{giver}: {why}")
    _seal_entry(report, new[Domain.INTERNAL], _entry_there(report, entry, to, new), seq=work.seq)
    record(
        "report.handed_in",
        by=by.reference,
        subject=f"report:{report.ref}",
        details={
            "from": giver.slug,
            "keys": {domain: fresh.commitment.hex() for domain, fresh in new.items()},
        },
        chain=chain_of(to),
        precision="hour",
    )


def _name_that_goes(
    report: Report, entry: IndexEntry, keys: UnlockedKeys
) -> dict[Domain, OpenDomain]:
    if not entry.hand_name:
        return {}
    try:
        return open_domains(report, (Domain.IDENTITY,), keys)
    except NoKeyForThis:
        raise Refused(
            None,
            gettext_lazy("The name goes along, so a colleague who can open the name must agree."),
        ) from None


def _keys_of(report: Report) -> dict[str, str]:
    """What the trail calls each retention key that is still there, by domain and generation."""
    keystore, found = Keystore(Surface.WORKSPACE), {}
    for domain in Domain:
        for place in [*older_places_of(report, domain), place_of(report, domain)]:
            with suppress(KeyGone):
                found[f"{domain}|{place.generation}"] = commitment_of(place, keystore).hex()
    return found


def _move_rows(report: Report, to: Municipality, old: dict[Domain, OpenDomain]) -> None:
    """Everything that goes along becomes a row of the other municipality.

    What stays is out of reach at once and dies with its keys: the process that destroys takes the
    rows (``prove_hand_overs``). The code of the reporter follows when it is used.
    """
    goes = [part.pk for part in rows_of(report, Domain.INTERNAL) if _goes_along(part, old)]
    parts = SealedPart.objects.filter(report=report)
    parts.filter(Q(domain__in=old) & (~Q(domain=Domain.INTERNAL) | Q(pk__in=goes))).update(
        municipality=to
    )
    for table in (FileChunk, IndexBlob, Hold):
        table.objects.filter(report=report).update(municipality=to)
    Tombstone.objects.filter(report=report).update(municipality=to, envelope=None)
    RightsRequest.objects.filter(report=report).update(report=None)
    SecretWrap.objects.filter(report=report).delete()


def _goes_along(part: SealedPart, old: dict[Domain, OpenDomain]) -> bool:
    return read_part(old[Domain.INTERNAL], part)["kind"] in GOES_ALONG


def _under_keys_of(
    report: Report, to: Municipality, old: dict[Domain, OpenDomain]
) -> dict[Domain, OpenDomain]:
    """New secrets, new retention keys, and everything sealed anew for the other meldpunt."""
    colleagues, epoch = trusted_key(to, KeyRole.REPORT)
    custodians, _epoch = trusted_key(to, KeyRole.IDENTITY)
    report.municipality, report.epoch, report.was_handed_in = to, epoch, True
    name = old.pop(Domain.IDENTITY, None)
    new = make_anew(report, old)
    if name:
        old[Domain.IDENTITY] = name
        new |= make_anew(report, {Domain.IDENTITY: name})
    else:  # so that the old place is known as one whose key died
        report.identity_generation += 1
    report.save(update_fields=KEYED)
    for domain, fresh in new.items():
        seal_over(report, old[domain], fresh)
        key = custodians if domain is Domain.IDENTITY else colleagues
        SecretWrap.objects.create(
            report=report,
            municipality=to,
            domain=domain,
            key_id=key.key_id,
            envelope=fresh.wrapped_to(key),
        )
    return new


def _tell(
    report: Report,
    to: Municipality,
    new: dict[Domain, OpenDomain],
    entry: IndexEntry,
    *,
    why: str,
) -> None:
    """The people there read why; the reporter reads where the report is now."""
    add_part(report, new[Domain.INTERNAL], {"kind": "handed_in", "on": today(), "text": why})
    with override(entry.language):
        told = [
            _("Your report is with the meldpunt of %(place)s now. It fits better there.")
            % {"place": to},
            _("Your code stays the same. We can't open your report any more."),
        ]
        if entry.has_identity and Domain.IDENTITY in new:
            told.append(_("Your name went along, as you said."))
        elif entry.has_identity:
            told.append(_("Your name did not go along. We destroy it."))
    part = {"kind": "message", "by": "desk", "on": today(), "text": " ".join(told)}
    add_part(report, new[Domain.DIALOGUE], part | {"status": ReporterStatus.RECEIVED})


def _entry_there(
    report: Report, entry: IndexEntry, to: Municipality, new: dict[Domain, OpenDomain]
) -> IndexEntry:
    """As a report that just came in; whoever was kept away here and works there stays so."""
    there = set(
        User.objects.who_may(Permission.REPORTS_WORK, at=to.pk).values_list("pk", flat=True)
    )
    fresh = IndexEntry(
        kind=entry.kind,
        urgency=entry.urgency,
        channel=entry.channel,
        language=entry.language,
        received=entry.received,
        excluded=tuple(pk for pk in entry.excluded if pk in there),
        seen=next_seq(report, Domain.DIALOGUE),
        reporter_wrote=entry.reporter_wrote,
        minimised=entry.minimised,
        has_identity=Domain.IDENTITY in new,
    )
    return fresh.but(due=due_on(fresh))


def _seal_entry(report: Report, domain: OpenDomain, entry: IndexEntry, *, seq: int) -> None:
    """Under the report's own secret: nobody here has the index key of the other meldpunt."""
    if domain.secret is None:
        raise ValueError("A domain that was made just now has its secret.")
    half = Keystore(Surface.WORKSPACE).get(domain.place.keystore_id)
    sealed = own_index_domain(domain.place, domain.secret, half)
    changed = IndexBlob.objects.filter(report=report, seq=seq).update(
        seq=seq + 1, envelope=sealed.seal(entry.to_bytes(), seq=seq + 1)
    )
    if not changed:
        raise ChangedMeanwhile
