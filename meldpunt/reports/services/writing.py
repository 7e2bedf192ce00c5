"""Sealing what staff write: for the reporter, for colleagues, and the lines in the trail."""

from typing import Any
from uuid import UUID

from django.db import transaction

from meldpunt.reports.services.parts import add_part, next_seq, today
from meldpunt.reports.services.worklist import Work, domain_of
from meldpunt.reports.workflow import ReadReason
from meldpunt.vault.services.domains import Domain
from meldpunt.vault.services.holders import chain_of
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.models import User
from portal.audit.sealing import require_signer
from portal.audit.services import record

Recorded = dict[str, Any]


def keep(work: Work, content: Recorded, keys: UnlockedKeys, message_id: UUID | None = None) -> None:
    """Add a part that only staff can ever read. Raises ``AlreadyWritten``."""
    domain = domain_of(work.report, Domain.INTERNAL, keys=keys)
    add_part(work.report, domain, {"on": today(), **content}, part_id=message_id)


def tell_reporter(
    work: Work, content: Recorded, keys: UnlockedKeys, message_id: UUID | None = None
) -> Work:
    """Add a part that the reporter reads with the code. Raises ``AlreadyWritten``."""
    domain = domain_of(work.report, Domain.DIALOGUE, keys=keys)
    part = {"by": "desk", "on": today(), **content}
    add_part(work.report, domain, part, part_id=message_id)
    seen = next_seq(work.report, Domain.DIALOGUE)
    return Work(work.report, work.entry.but(seen=seen), work.seq)


def trace(
    action: str, work: Work, by: User, *, outcome: str = "done", details: Recorded | None = None
) -> None:
    """A line in the audit chain of the municipality: who and which report, never a word of it."""
    record(
        action,
        by=by.reference,
        subject=f"report:{work.ref}",
        outcome=outcome,
        details=details or {},
        chain=chain_of(work.report.municipality),
        precision="hour",
    )


@transaction.atomic
def record_reading(action: str, work: Work, *, reason: ReadReason, by: User) -> None:
    """Trace a look at a report. Without this line nobody sees a word.

    Raises:
        SignerAway: the trail is not sealed any more (meldpunt.md 9.1).
    """
    require_signer(chain_of(work.report.municipality))
    record(
        action,
        by=by.reference,
        subject=f"report:{work.ref}",
        reason=reason,
        chain=chain_of(work.report.municipality),
        precision="hour",
    )
