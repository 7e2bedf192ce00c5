"""Beginning, changing, joining, leaving and closing a group."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from network.exchange import policies
from network.exchange.models import Group
from portal.accounts.models import User
from portal.audit.services import record


@transaction.atomic
def make_group(values: Mapping[str, Any], *, by: User) -> Group:
    """Begin a group, open or closed; its maker is a member.

    Raises:
        PermissionDenied: ``by`` does not keep the network there.
    """
    place = values.get("municipality")
    if not policies.can_moderate(by, place.pk if place else None):
        raise PermissionDenied
    members = values.get("members", [])
    fields = {name: value for name, value in values.items() if name != "members"}
    slug = slugify(fields["name"])[:90] or "groep"
    if Group.objects.filter(slug=slug).exists():
        slug = f"{slug}-{Group.objects.count() + 1}"
    group: Group = Group.objects.create(slug=slug, **fields)
    group.members.set([*members, by])
    note(group, by)
    return group


@transaction.atomic
def change_group(group: Group, *, values: Mapping[str, Any], by: User) -> None:
    """Change name, subject and members. A closed group never opens: its members wrote for each other.

    Raises:
        PermissionDenied: ``by`` does not keep the network there.
    """
    if not policies.can_moderate(by, group.municipality_id):
        raise PermissionDenied
    group.name, group.summary = values["name"], values["summary"]
    group.save(update_fields=["name", "summary"])
    group.members.set(values["members"])
    note(group, by)


@transaction.atomic
def join(group: Group, *, by: User) -> None:
    """Become a member of an open group.

    Raises:
        PermissionDenied: It is closed or ended, or ``by`` only reads in the network.
    """
    if not policies.can_join(by, group):
        raise PermissionDenied
    group.members.add(by)
    note(group, by)


@transaction.atomic
def leave(group: Group, *, by: User) -> None:
    """Be a member no longer; nobody asks why, and nobody gets a letter."""
    group.members.remove(by)
    note(group, by)


@transaction.atomic
def end_group(group: Group, *, by: User) -> None:
    """Close a group for good: what stands in it can be read by who could, and nothing is added.

    Raises:
        PermissionDenied: ``by`` does not keep the network there.
    """
    if not policies.can_moderate(by, group.municipality_id):
        raise PermissionDenied
    group.ended_at = group.ended_at or timezone.now()
    group.save(update_fields=["ended_at"])
    note(group, by)


def note(group: Group, by: User) -> None:
    """Write in the audit trail that a group changed, and not what it is called."""
    record("group.changed", by=by.reference, subject=f"group:{group.pk}")
