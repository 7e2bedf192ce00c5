"""Two cards of one organisation become one, and can be parted again for 30 days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.directory import policies
from network.directory.models import Merge, Organisation, Profile
from network.directory.services.cards import MANY
from portal.accounts.models import User
from portal.audit.services import record

UNDO_WITHIN = timedelta(days=30)
FILLED = ("summary", "visiting_address", "website", "phone", "email")


class CannotMerge(Exception):
    """The two are one already, or one of them stopped."""


class CannotPart(Exception):
    """The merge was undone already, or is too long ago."""


@dataclass(frozen=True)
class Follower:
    """What another subject moves along with a merge, and how it takes that back."""

    name: str
    move: Callable[[Organisation, Organisation], Any]
    undo: Callable[[Organisation, Organisation, Any], None]


FOLLOWERS: list[Follower] = []


def follow_merges(follower: Follower) -> None:
    """Let ``follower`` take part in every merge; called when its app is ready."""
    if follower.name not in {one.name for one in FOLLOWERS}:
        FOLLOWERS.append(follower)


@transaction.atomic
def merge_cards(kept: Organisation, *, merged: Organisation, by: User) -> Merge:
    """Let ``merged`` go up in ``kept``: lists are joined, what is empty is filled.

    Raises:
        PermissionDenied: ``by`` keeps the network of only one of them, or of none.
        CannotMerge: They are the same, or one of them stopped or was merged before.
    """
    for one in (kept, merged):
        if not policies.can_work(by, one.municipality_id):
            raise PermissionDenied
    if kept.pk == merged.pk or any(one.merged_into_id or one.ended_on for one in (kept, merged)):
        raise CannotMerge
    before: dict[str, Any] = {
        "fields": {name: getattr(kept, name) for name in FILLED},
        "added": {},
        "keepers": [],
        "contacts": list(merged.contacts.values_list("pk", flat=True)),
        "hours": [],
        "profiles": list(Profile.objects.filter(organisation=merged).values_list("pk", flat=True)),
    }
    for name in FILLED:
        setattr(kept, name, getattr(kept, name) or getattr(merged, name))
    for name in (*MANY, "keepers"):
        mine = set(getattr(kept, name).values_list("pk", flat=True))
        added = set(getattr(merged, name).values_list("pk", flat=True)) - mine
        if name == "areas" and not mine:
            added = set()  # no area means every area: naming some would make it smaller
        getattr(kept, name).add(*added)
        before["added"][name] = sorted(added)
    if not kept.hours.exists():
        before["hours"] = list(merged.hours.values_list("pk", flat=True))
        merged.hours.update(organisation=kept)
    merged.contacts.update(organisation=kept)
    Profile.objects.filter(pk__in=before["profiles"]).update(organisation=kept)
    before["followers"] = {one.name: one.move(kept, merged) for one in FOLLOWERS}
    merged.merged_into = kept
    merged.save()
    kept.save()
    record("organisation.merged", by=by.reference, subject=kept.reference)
    return Merge.objects.create(kept=kept, merged=merged, before=before, by=by)


@transaction.atomic
def part_cards(merge: Merge, *, by: User) -> None:
    """Undo a merge: both cards are back as they were, and what moved goes home.

    Raises:
        PermissionDenied: ``by`` keeps the network of only one of them, or of none.
        CannotPart: It was undone already, or is more than 30 days ago.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    kept, merged = merge.kept, merge.merged
    for one in (kept, merged):
        if not policies.can_work(by, one.municipality_id):
            raise PermissionDenied
    if merge.undone_at or merge.merged_at < timezone.now() - UNDO_WITHIN:
        raise CannotPart
    before = merge.before
    for name, value in before["fields"].items():
        if getattr(kept, name) == getattr(merged, name) and getattr(kept, name) != value:
            setattr(kept, name, value)
    for name, added in before["added"].items():
        getattr(kept, name).remove(*added)
    kept.contacts.filter(pk__in=before["contacts"]).update(organisation=merged)
    kept.hours.filter(pk__in=before["hours"]).update(organisation=merged)
    Profile.objects.filter(pk__in=before["profiles"]).update(organisation=merged)
    for follower in FOLLOWERS:
        if follower.name in before["followers"]:
            follower.undo(kept, merged, before["followers"][follower.name])
    merged.merged_into = None
    merged.save()
    kept.save()
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    record("organisation.parted", by=by.reference, subject=kept.reference)
