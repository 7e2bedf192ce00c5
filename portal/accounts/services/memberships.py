"""Granting, approving and ending roles."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.accounts import policies
from portal.accounts.models import Membership, User
from portal.accounts.roles import ROLES, excludes
from portal.audit.services import record
from portal.regions.models import Municipality

A_YEAR = timedelta(days=365)


class RolesExclude(Exception):
    """One person can't hold both roles (separation rules of domain.md 5.2)."""


class CannotApprove(Exception):
    """The role does not wait for approval, or this person may not be the second one."""


@transaction.atomic
def grant_role(
    user: User,
    *,
    role: str,
    municipality: Municipality | None,
    valid_until: date | None = None,
    by: User | None,
) -> Membership:
    """Give ``user`` a role in ``municipality``, or in the whole region when that is ``None``.

    A role that opens a sealed zone waits for a second person (GR-11).

    Args:
        valid_until: The last day; a year from now when left out.
        by: Who grants it; ``None`` is the installation itself.

    Returns:
        The membership; ``needs_approval`` tells whether it waits.

    Raises:
        PermissionDenied: ``by`` may not grant this role here.
        RolesExclude: ``user`` holds a role that this one excludes.
    """
    if by is not None and not policies.can_grant(by, role, municipality):
        raise PermissionDenied
    current = user.memberships.filter(ended_at=None, valid_until__gte=timezone.localdate())
    if any(excludes(held, role) for held in current.values_list("role", flat=True)):
        raise RolesExclude(role)
    membership, _new = Membership.objects.update_or_create(
        user=user,
        municipality=municipality,
        role=role,
        ended_at=None,
        defaults={
            "valid_from": timezone.localdate(),
            "valid_until": valid_until or timezone.localdate() + A_YEAR,
            "granted_by": by,
            "needs_approval": ROLES[role].sealed,
            "approved_by": None,
        },
    )
    _write("role.granted", membership, by)
    return membership


@transaction.atomic
def approve_role(membership: Membership, *, by: User) -> Membership:
    """Be the second person who lets a role count (GR-11).

    Raises:
        CannotApprove: it does not wait, or ``by`` granted it, holds it or may not grant it.
    """
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if not policies.can_approve(by, membership):
        raise CannotApprove
    membership.approved_by = by
    membership.save(update_fields=["approved_by"])
    _write("role.approved", membership, by)
    return membership


@transaction.atomic
def end_role(membership: Membership, *, by: User) -> Membership:
    """End a role now; it counts no more from this moment on.

    Raises:
        PermissionDenied: ``by`` may not manage roles here.
    """
    if not policies.can_end(by, membership):
        raise PermissionDenied
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    _write("role.ended", membership, by)
    return membership


def _write(action: str, membership: Membership, by: User | None) -> None:
    place = membership.municipality.slug if membership.municipality else "regio"
    record(
        action,
        by=by.reference if by else "system",
        subject=membership.user.reference,
        details={"role": membership.role, "place": place},
    )
