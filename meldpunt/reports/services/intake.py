"""A report comes in: sealed at once, and readable by nobody in this process afterwards."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.reports.models import (
    Channel,
    CodeWrap,
    IndexEntry,
    Kind,
    Language,
    Report,
    SecretWrap,
    Urgency,
)
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.budgets import count_report
from meldpunt.reports.services.files import add_files
from meldpunt.reports.services.parts import add_part, today, week_of
from meldpunt.reports.services.uploads import Cleared
from meldpunt.reports.workflow import ReporterStatus
from meldpunt.vault.services import codes
from meldpunt.vault.services.domains import (
    Domain,
    DomainPlace,
    KeyAlreadyThere,
    Keystore,
    OpenDomain,
    Surface,
    make_domain,
)
from meldpunt.vault.services.holders import chain_of, desk_is_open
from meldpunt.vault.services.trust import KeyRole, trusted_key
from portal.audit.services import record
from portal.regions.models import Municipality


class DeskClosed(Exception):
    """The form of this municipality is closed: no zone, no keys, or too few holders."""


@dataclass(frozen=True)
class Submission:
    """What a reporter sends. ``answers`` and ``identity`` are texts under fixed names.

    ``about_staff``: it concerns somebody of the municipality, so it is sealed to the trust person
    of the region, and no colleague can open it (meldpunt.md 6.6). ``received``: the day, when that
    was before today (a telephone call written down later).
    """

    municipality: Municipality
    kind: Kind
    urgency: Urgency
    language: Language
    answers: dict[str, Any] = field(repr=False)
    area: int | None = None
    identity: dict[str, str] = field(default_factory=dict, repr=False)
    channel: Channel = Channel.WEB
    received: date | None = None
    about_staff: bool = False
    files: list[Cleared] = field(default_factory=list, repr=False)


@dataclass(frozen=True)
class ProofOfReceipt:
    """What the reporter gets besides the code."""

    ref: str
    proof: str
    is_new: bool
    may_show_code: bool


def receive_report(
    submission: Submission, *, report_id: UUID, code: codes.ReceiptCode
) -> ProofOfReceipt:
    """Store a report, or find the one that this code belongs to already.

    Keystore first, then one transaction with the audit trail: a crash leaves keys without a
    report, never a report that is half there.

    Raises:
        DeskClosed: this municipality takes no reports now.
        NoTrustedKey, SecretsMissing: the vault is not in order; nothing is stored.
        CannotSeal: a text can't be sealed; nothing is stored.
    """
    if not desk_is_open(submission.municipality):
        raise DeskClosed
    keys = codes.keys_of(code)
    with working_in([submission.municipality.pk]):
        if (known := CodeWrap.codes.find(lookup=keys.lookup)) is not None:
            return _proof(known, keys, is_new=False)
        try:
            return _store(submission, report_id, keys)
        except IntegrityError:  # the same form, sent twice at the same moment
            known = CodeWrap.codes.find(lookup=keys.lookup)
            if known is None:
                raise
            return _proof(known, keys, is_new=False)


def _store(submission: Submission, report_id: UUID, keys: codes.CodeKeys) -> ProofOfReceipt:
    place = submission.municipality
    role = KeyRole.TRUSTED_PERSON if submission.about_staff else KeyRole.REPORT
    report_key, epoch = trusted_key(place, role)
    report_id, domains = _make_domains(submission, report_id)
    # Before the report is there: when this process dies once it is, the code was seen by nobody.
    cache.set(_shown(keys), 1, settings.MELDPUNT_RECEIPT_AGAIN)
    with transaction.atomic():
        report = Report.objects.create(
            id=report_id, municipality=place, week=week_of(submission.received), epoch=epoch
        )
        for name, domain in domains.items():
            to = report_key
            if name is Domain.IDENTITY and not submission.about_staff:
                to, _epoch = trusted_key(place, KeyRole.IDENTITY)
            SecretWrap.objects.create(
                report=report,
                municipality=place,
                domain=name,
                key_id=to.key_id,
                envelope=domain.wrapped_to(to),
            )
        _write_parts(report, submission, domains)
        wrap = _wrap_code(report, domains[Domain.DIALOGUE], keys)
        count_report(place)
        record(
            "report.received",
            by="reporter",
            subject=f"report:{report.ref}",
            details={name: domain.commitment.hex() for name, domain in domains.items()},
            chain=chain_of(place),
            precision="week",
        )
    return _proof(wrap, keys, is_new=True)


def _make_domains(submission: Submission, report_id: UUID) -> tuple[UUID, dict[Domain, OpenDomain]]:
    """The keys of a new report; another id when an interrupted attempt left keys behind."""
    wanted = [Domain.REPORT, Domain.DIALOGUE, Domain.INTERNAL]
    if submission.identity:
        wanted.append(Domain.IDENTITY)
    keystore = Keystore(Surface.REPORTER)
    while True:
        try:
            return report_id, {
                domain: make_domain(
                    DomainPlace(report_id, domain, submission.municipality.pk),
                    keystore=keystore,
                )
                for domain in wanted
            }
        except KeyAlreadyThere:
            report_id = uuid4()


def _write_parts(report: Report, submission: Submission, domains: dict[Domain, OpenDomain]) -> None:
    entry = IndexEntry(
        kind=submission.kind,
        urgency=submission.urgency,
        channel=submission.channel,
        language=submission.language,
        received=submission.received or timezone.localdate(),
        area=submission.area,
        seen=1,
        has_identity=bool(submission.identity),
    )
    add_part(report, domains[Domain.REPORT], {"kind": "answers", "answers": submission.answers})
    add_files(report, domains[Domain.REPORT], submission.files, after=0)
    add_part(
        report, domains[Domain.INTERNAL], {"kind": "intake", "entry": entry.to_bytes().decode()}
    )
    add_part(
        report,
        domains[Domain.DIALOGUE],
        {
            "kind": "status",
            "by": "portal",
            "status": ReporterStatus.RECEIVED,
            "on": today(),
            "handed_over": submission.channel is Channel.PHONE,  # somebody else saw the code
        },
    )
    if submission.identity:
        add_part(
            report,
            domains[Domain.IDENTITY],
            {"kind": "identity", "identity": submission.identity},
        )


def _wrap_code(report: Report, dialogue: OpenDomain, keys: codes.CodeKeys) -> CodeWrap:
    if dialogue.secret is None:
        raise ValueError("A domain that was made just now has its secret.")
    sealed = codes.seal_for_code(dialogue.secret, keys=keys, report=report.pk)
    return CodeWrap.objects.create(
        report=report,
        municipality_id=report.municipality_id,
        lookup=sealed.lookup,
        salt=sealed.salt,
        envelope=sealed.envelope,
    )


def _proof(wrap: CodeWrap, keys: codes.CodeKeys, *, is_new: bool) -> ProofOfReceipt:
    report = Report.objects.get(pk=wrap.report_id)
    proof = codes.proof_of_receipt(
        municipality=wrap.municipality_id, week=report.week, lookup=bytes(wrap.lookup)
    )
    may_show_code = is_new or cache.get(_shown(keys)) is not None
    return ProofOfReceipt(report.shown_ref, proof, is_new, may_show_code)


def _shown(keys: codes.CodeKeys) -> str:
    return f"ontvangst:{keys.marker}"
