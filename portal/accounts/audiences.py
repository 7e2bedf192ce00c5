"""Audiences: names of groups of readers, for the privacy of pages and blocks.

Wagtail's privacy screen offers groups. A group that stands for an audience has one of these
names, and who is in it is computed from the memberships valid now: the rows that Wagtail keeps
for a group are a copy for its own admin (product.md 7.5).
"""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from portal.accounts.roles import ROLES, Permission

if TYPE_CHECKING:
    from portal.accounts.models import User

NETWORK = "doelgroep: netwerk"


def of_role(code: str) -> str:
    """The audience of everybody who holds the role."""
    return f"doelgroep: {code}"


def that_may(permission: Permission) -> str:
    """The audiences of every role that may do something, as one condition of an access key."""
    return "|".join(
        sorted(of_role(role.code) for role in ROLES.values() if role.grants(permission))
    )


def of_municipality(slug: str) -> str:
    """The audience of everybody with a role in the municipality."""
    return f"gemeente: {slug}"


def names_for(user: "User | AnonymousUser") -> frozenset[str]:
    """The audiences this visitor belongs to now; a visitor without an account to none."""
    if not user.is_authenticated:
        return frozenset()
    names = {of_role(role.code) for _place, role in user.grants}
    if user.may(Permission.NETWORK_READ):
        names.add(NETWORK)
    return frozenset(names | {of_municipality(slug) for slug in user.municipality_slugs})


def role_audiences() -> list[str]:
    """Every audience that exists whatever the region looks like."""
    return [NETWORK, *(of_role(code) for code in ROLES)]
