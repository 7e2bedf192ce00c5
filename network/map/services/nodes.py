"""Putting consultations, functions and places on the map."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.directory.models import is_name_of_somebody
from network.directory.services.cards import IsAPerson
from network.map import policies
from network.map.models import NetworkNode
from network.map.services.analysis import work_out_soon
from network.map.workflow import NodeKind
from portal.accounts.models import User
from portal.audit.services import record

MANY = ("areas", "themes")


class HasACard(Exception):
    """An organisation comes on the map with its card, not by itself."""


@transaction.atomic
def save_node(node: NetworkNode, *, values: Mapping[str, Any], by: User) -> NetworkNode:
    """Add or change a consultation, a function or a meeting place.

    Raises:
        PermissionDenied: ``by`` does not keep the network there.
        HasACard: It is an organisation.
        IsAPerson: It is called as somebody with an account.
    """
    place = values.get("municipality", node.municipality)
    if not policies.can_keep_node(by, place.pk if place else None):
        raise PermissionDenied
    if node.pk and not policies.can_keep_node(by, node.municipality_at):
        raise PermissionDenied
    if NodeKind(values["kind"]) == NodeKind.ORGANISATION or node.organisation_id:
        raise HasACard
    if is_name_of_somebody(values["name"]):
        raise IsAPerson
    for name, value in values.items():
        if name not in MANY:
            setattr(node, name, value)
    node.entered_by = node.entered_by or by
    node.save()
    for name in MANY:
        if name in values:
            getattr(node, name).set(values[name])
    record("map.node_changed", by=by.reference, subject=f"node:{node.pk}")
    transaction.on_commit(work_out_soon.enqueue)
    return node


@transaction.atomic
def end_node(node: NetworkNode, *, by: User) -> None:
    """Say that a consultation, function or place is no longer there; its links end too.

    Raises:
        PermissionDenied: ``by`` does not keep the network there.
        HasACard: It is an organisation, which stops on its card.
    """
    if not policies.can_keep_node(by, node.municipality_at):
        raise PermissionDenied
    if node.organisation_id:
        raise HasACard
    today = timezone.localdate()
    node.ended_on = today
    node.save(update_fields=["ended_on"])
    node.links_out.filter(until=None).update(until=today)
    node.links_in.filter(until=None).update(until=today)
    record("map.node_changed", by=by.reference, subject=f"node:{node.pk}")
    transaction.on_commit(work_out_soon.enqueue)
