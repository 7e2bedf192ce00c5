"""Links and contacts go along when two cards become one, and go home when they are parted."""

from typing import Any

from django.utils import timezone

from network.directory.models import Organisation
from network.map.models import ContactMoment, NetworkLink, NetworkNode
from network.map.workflow import NodeKind


def move_links(kept: Organisation, merged: Organisation) -> dict[str, Any]:
    """Let the links of ``merged`` begin and end at ``kept``; gives what was done."""
    to, away = node_of(kept), node_of(merged)
    today = timezone.localdate()
    moved, ended = [], []
    for side, other in (("source", "target"), ("target", "source")):
        for link in NetworkLink.objects.filter(**{side: away}):
            double = NetworkLink.objects.filter(
                **{side: to, other: getattr(link, other), "kind": link.kind}, until=None
            )
            if link.until is None and (getattr(link, f"{other}_id") == to.pk or double.exists()):
                link.until = max(today, link.since)
                link.save(update_fields=["until"])
                ended.append(link.pk)
            elif getattr(link, f"{other}_id") != to.pk:
                setattr(link, side, to)
                link.save(update_fields=[side])
                moved.append([link.pk, side])
    contacts = list(ContactMoment.objects.filter(organisation=merged).values_list("pk", flat=True))
    ContactMoment.objects.filter(pk__in=contacts).update(organisation=kept)
    return {"moved": moved, "ended": ended, "contacts": contacts}


def return_links(kept: Organisation, merged: Organisation, done: dict[str, Any]) -> None:
    """Take back what ``move_links`` did."""
    home = node_of(merged)
    for pk, side in done["moved"]:
        NetworkLink.objects.filter(pk=pk).update(**{side: home})
    NetworkLink.objects.filter(pk__in=done["ended"]).update(until=None)
    ContactMoment.objects.filter(pk__in=done["contacts"]).update(organisation=merged)


def node_of(organisation: Organisation) -> NetworkNode:
    """The node of a card."""
    node, _made = NetworkNode.objects.get_or_create(
        organisation=organisation, defaults={"kind": NodeKind.ORGANISATION}
    )
    return node
