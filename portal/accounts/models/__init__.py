"""Who people are, and which role they hold where."""

from portal.accounts.models.invitations import Invitation
from portal.accounts.models.memberships import Membership
from portal.accounts.models.users import User

__all__ = ["Invitation", "Membership", "User"]
