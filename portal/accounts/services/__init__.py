"""What can be done with accounts and roles."""

from portal.accounts.services.groups import sync_groups
from portal.accounts.services.memberships import (
    CannotApprove,
    RolesExclude,
    approve_role,
    end_role,
    grant_role,
)

__all__ = [
    "CannotApprove",
    "RolesExclude",
    "approve_role",
    "end_role",
    "grant_role",
    "sync_groups",
]
