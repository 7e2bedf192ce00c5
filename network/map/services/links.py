"""Beginning and ending a link."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.map import policies
from network.map.models import NetworkLink, NetworkNode
from network.map.services.analysis import work_out_soon
from network.map.workflow import LinkKind, NodeKind, Strength, fits
from portal.accounts.models import User
from portal.audit.services import record


class DoesNotFit(Exception):
    """A link of this kind can't be between these two."""


class IsThereAlready(Exception):
    """The two have a link of this kind now."""


@transaction.atomic
def start_link(
    source: NetworkNode,
    target: NetworkNode,
    *,
    kind: LinkKind,
    strength: Strength,
    since: date,
    origin: str,
    by: User,
) -> NetworkLink:
    """Say that something is between two nodes, from a day on, and how we know.

    Raises:
        PermissionDenied: ``by`` keeps neither the network at either end, nor either card.
        DoesNotFit: A node with itself, or two kinds that this link can't join.
        IsThereAlready: There is an open link of this kind between them.
    """
    if not policies.can_link(by, source, target):
        raise PermissionDenied
    if source.pk == target.pk or not fits(kind, NodeKind(source.kind), NodeKind(target.kind)):
        raise DoesNotFit
    if NetworkLink.objects.filter(source=source, target=target, kind=kind, until=None).exists():
        raise IsThereAlready
    link = NetworkLink.objects.create(
        source=source,
        target=target,
        kind=kind,
        strength=strength,
        since=since,
        origin=origin,
        entered_by=by,
    )
    record("map.link_started", by=by.reference, subject=f"link:{link.pk}")
    transaction.on_commit(work_out_soon.enqueue)
    return link


@transaction.atomic
def end_link(link: NetworkLink, *, by: User) -> None:
    """Say that a link is over; it stays in how the network looked before.

    Raises:
        PermissionDenied: ``by`` may not make such a link either.
    """
    if not policies.can_end(by, link):
        raise PermissionDenied
    if link.until is None:
        link.until = max(timezone.localdate(), link.since)
        link.save(update_fields=["until"])
        record("map.link_ended", by=by.reference, subject=f"link:{link.pk}")
        transaction.on_commit(work_out_soon.enqueue)
