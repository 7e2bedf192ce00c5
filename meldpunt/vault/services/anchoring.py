"""Heads of the audit chains, signed, to keep where the portal can't reach (meldpunt.md 6.10).

Whoever cuts the tail off a chain leaves no bad link behind; a head that was kept outside shows it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Max

from meldpunt.vault.services.statements import is_genuine, signed
from portal.audit.models import AuditEvent

KIND = "audit-head"


def signed_heads() -> list[dict[str, Any]]:
    """The last number and hash of every chain, each with a signature."""
    last = AuditEvent.objects.order_by("chain").values("chain").annotate(seq=Max("seq"))
    heads = []
    for row in last:
        digest = AuditEvent.objects.values_list("digest", flat=True).get(**row)
        heads.append(signed(KIND, {**row, "digest": bytes(digest).hex()}))
    return heads


def check_heads(heads: Iterable[dict[str, Any]]) -> Iterator[str]:
    """What is wrong with heads that were kept, one sentence each; nothing when all still stand."""
    for head in heads:
        where = f"{head.get('chain')} {head.get('seq')}"
        if not is_genuine(KIND, head):
            yield f"{where}: not signed by this portal."
            continue
        event = AuditEvent.objects.filter(chain=head["chain"], seq=head["seq"]).first()
        if event is None:
            yield f"{where}: gone from the trail."
        elif bytes(event.digest).hex() != head["digest"]:
            yield f"{where}: another event stands there now."
