"""Keeping the strategic network: members, goals, meetings, and who is missing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from network.directory import policies
from network.directory.models import ActionPoint, Goal, Meeting, Member, Organisation, Sector
from portal.accounts.models import User
from portal.audit.services import record
from portal.regions.models import Municipality


class IsMemberAlready(Exception):
    """The organisation has a term that runs."""


class CannotRenew(Exception):
    """A term that ended by leaving, or a new end that is not later."""


@transaction.atomic
def keep(
    row: Member | Goal | Meeting | ActionPoint, *, values: Mapping[str, Any], by: User
) -> None:
    """Store a member, goal, meeting or action point.

    Raises:
        PermissionDenied: ``by`` keeps no network.
        IsMemberAlready: The organisation is a member now.
    """
    if not policies.can_keep_strategic_network(by):
        raise PermissionDenied
    for name, value in values.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise IsMemberAlready from error
    record("strategic.changed", by=by.reference, subject=f"{row._meta.model_name}:{row.pk}")


@transaction.atomic
def renew(member: Member, *, until: date, by: User) -> None:
    """Give a member a longer term.

    Raises:
        PermissionDenied: ``by`` keeps no network.
        CannotRenew: The member left, or the new term ends no later.
    """
    if not policies.can_keep_strategic_network(by):
        raise PermissionDenied
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.left_on or until <= member.until:
        raise CannotRenew
    keep(member, values={"until": until}, by=by)


def gaps() -> list[tuple[Municipality, list[Sector]]]:
    """The sectors of which no member works in a municipality. Five queries."""
    members = Member.objects.filter(left_on=None).values("organisation")
    where = dict(Organisation.objects.filter(pk__in=members).values_list("pk", "municipality_id"))
    pairs = Organisation.sectors.through.objects.filter(organisation__in=members)
    covered: set[tuple[int | None, int]] = {
        (where[card], sector) for card, sector in pairs.values_list("organisation_id", "sector_id")
    }
    sectors = list(Sector.objects.all())
    return [
        (
            place,
            [
                sector
                for sector in sectors
                if (place.pk, sector.pk) not in covered and (None, sector.pk) not in covered
            ],
        )
        for place in Municipality.objects.all()
    ]
