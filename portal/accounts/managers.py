"""Finds people by what they may do, and memberships by whether they count today."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import BaseUserManager
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.roles import ROLES, Permission

if TYPE_CHECKING:
    from portal.accounts.models import User


def valid_q(prefix: str = "") -> Q:
    """The rule that a membership counts today: begun, not past, not ended, and approved."""
    today = timezone.localdate()
    rule = {
        "valid_from__lte": today,
        "valid_until__gte": today,
        "ended_at": None,
    }
    approved = Q(**{f"{prefix}needs_approval": False}) | Q(
        **{f"{prefix}approved_by__isnull": False}
    )
    return approved & Q(**{prefix + name: value for name, value in rule.items()})


class MembershipQuerySet(QuerySet[Any, Any]):
    """What a list of memberships can be asked."""

    def valid(self) -> Self:
        """Keep what counts today."""
        return self.filter(valid_q())

    def waiting(self) -> Self:
        """Keep what still waits for a second person (GR-11)."""
        return self.filter(needs_approval=True, approved_by=None, ended_at=None)


class PeopleManager(BaseUserManager["User"]):
    """Finds and makes accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account; without a password nobody can sign in with one."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """For an empty development machine only; a superuser opens no report either."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """By e-mail address, whatever its capitals."""
        return self.get(email__iexact=username)

    def who_may(self, permission: Permission, *, at: int) -> "QuerySet[User]":
        """The people whose role in municipality ``at`` grants ``permission`` today."""
        codes = [role.code for role in ROLES.values() if role.grants(permission)]
        place = Q(memberships__municipality=at) | Q(memberships__municipality=None)
        return self.filter(
            place, valid_q("memberships__"), is_active=True, memberships__role__in=codes
        ).distinct()
