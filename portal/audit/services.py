"""The one way to write in the audit trail, and the way to check it."""

import zlib
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from portal.audit import chain as links
from portal.audit.actions import ACTIONS
from portal.audit.models import AuditEvent
from portal.audit.processing import log_processing

PLATFORM = "portaal"


class UnknownAction(Exception):
    """An event got a name that is not in the list of actions."""


@transaction.atomic
def record(
    action: str,
    *,
    by: str,
    subject: str = "",
    role: str = "",
    outcome: str = "done",
    reason: str = "",
    details: dict[str, Any] | None = None,
    chain: str = PLATFORM,
    precision: links.Precision = "second",
) -> AuditEvent:
    """Append one event to ``chain``, in the transaction of the deed itself.

    Args:
        action: A name out of ``portal.audit.actions``.
        by: Who did it, as ``user:<public id>``, ``reporter`` or ``system``.
        subject: What it was done to, as ``kind:<id>``. Never a title or content.
        precision: How exact the moment is kept; a reporter's act gets ``"week"``.

    Returns:
        The stored event, with its place in the chain.

    Raises:
        UnknownAction: ``action`` is not in the list.
    """
    if action not in ACTIONS:
        raise UnknownAction(action)
    _wait_for_turn(chain)
    last = AuditEvent.objects.filter(chain=chain).order_by("-seq").first()
    entry: dict[str, Any] = {
        "seq": last.seq + 1 if last else 1,
        "moment": links.moment(timezone.localtime(), precision),
        "actor": by,
        "role": role,
        "action": action,
        "subject": subject,
        "outcome": outcome,
        "reason": reason,
        "details": details or {},
    }
    previous = bytes(last.digest) if last else links.START
    log_processing(action, chain=chain, precision=precision, outcome=outcome)
    return AuditEvent.objects.create(
        chain=chain, digest=links.digest(previous, chain, entry), **entry
    )


def broken_links(chain: str) -> Iterator[int]:
    """The numbers in ``chain`` whose hash does not fit, or that are missing, in order."""
    previous, expected = links.START, 1
    for event in AuditEvent.objects.filter(chain=chain).order_by("seq").iterator(2000):
        entry = {name: getattr(event, name) for name in links.FIELDS}
        if event.seq != expected or links.digest(previous, chain, entry) != bytes(event.digest):
            yield event.seq
        previous, expected = bytes(event.digest), event.seq + 1


def _wait_for_turn(chain: str) -> None:
    """One writer per chain. SQLite's IMMEDIATE transactions already see to it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)",
                [7021, zlib.crc32(chain.encode()) - 2**31],
            )
