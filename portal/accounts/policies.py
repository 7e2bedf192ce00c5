"""Who may give and take roles, and who may see who has them."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from portal.accounts.roles import ROLES, Permission
from portal.regions.models import Municipality

if TYPE_CHECKING:
    from portal.accounts.models import Membership, User

NETWORK_ROLES = frozenset({"professional", "sleutelfiguur", "ambassadeur", "online-ambassadeur"})


def can_grant(user: "User", role: str, municipality: Municipality | None) -> bool:
    """A manager of accounts grants every role; who invites for the network only network roles."""
    if role not in ROLES:
        return False
    if ROLES[role].scope == "municipality" and municipality is None:
        return False
    at = municipality.pk if municipality else None
    if user.may(Permission.USERS_MANAGE, at=at):
        return True
    return role in NETWORK_ROLES and user.may(Permission.USERS_INVITE, at=at)


def can_approve(user: "User", membership: "Membership") -> bool:
    """A second manager: not who granted it, and not who holds it (GR-11)."""
    return (
        membership.needs_approval
        and membership.approved_by_id is None
        and membership.ended_at is None
        and user.pk not in (membership.granted_by_id, membership.user_id)
        and user.may(Permission.USERS_MANAGE, at=membership.municipality_id)
    )


def can_end(user: "User", membership: "Membership") -> bool:
    """Whoever may grant a role may end it."""
    return can_grant(user, membership.role, membership.municipality)


def visible_memberships_q(user: "User | AnonymousUser") -> Q:
    """The roles of others that ``user`` may see: managers and the FG all, inviters their place's."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    if user.may(Permission.USERS_MANAGE) or user.may(Permission.USERS_READ):
        return Q()
    places = user.municipalities_where(Permission.USERS_INVITE)
    return Q(municipality__in=places, role__in=NETWORK_ROLES)


def can_grant_any(user: "User") -> bool:
    """Whether the screens for inviting and granting are of use to ``user``."""
    return user.may(Permission.USERS_MANAGE) or user.may(Permission.USERS_INVITE)


def can_see_people(user: "User") -> bool:
    """Whether ``visible_memberships_q`` can hold anything for ``user``."""
    return can_grant_any(user) or user.may(Permission.USERS_READ)


def can_read_trail(user: "User") -> bool:
    """The FG reads the audit trail; a technical manager only that and when something happened."""
    return user.may(Permission.AUDIT_READ) or user.may(Permission.AUDIT_METADATA)
