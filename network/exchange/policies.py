"""Who reads, writes and moderates in the exchange."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from network.directory.policies import NOTHING
from portal.accounts.roles import Permission

if TYPE_CHECKING:
    from network.exchange.models import Group, Question
    from portal.accounts.models import User


def can_read(user: "User | AnonymousUser") -> bool:
    """The exchange is for the network (Z1)."""
    return user.is_authenticated and user.may(Permission.NETWORK_READ)


def can_write(user: "User | AnonymousUser") -> bool:
    """Who takes part in the network asks and answers; who only reads in it does not."""
    return user.is_authenticated and user.may(Permission.NETWORK_CREATE)


def can_moderate(user: "User | AnonymousUser", municipality: int | None) -> bool:
    """Who keeps the network of that municipality; of the region, whoever keeps any."""
    return user.is_authenticated and user.may(Permission.NETWORK_WORK, at=municipality)


def can_enter(user: "User | AnonymousUser", group: "Group") -> bool:
    """An open group is for the network, a closed one for its members and its moderator."""
    if not user.is_authenticated or not can_read(user):
        return False
    return (
        not group.is_closed
        or group.members.filter(pk=user.pk).exists()
        or can_moderate(user, group.municipality_id)
    )


def visible_groups_q(user: "User | AnonymousUser", prefix: str = "") -> Q:
    """The same rule as ``can_enter``, for lists."""
    if not user.is_authenticated or not can_read(user):
        return NOTHING
    rule = Q(**{f"{prefix}is_closed": False}) | Q(**{f"{prefix}members": user})
    if user.may(Permission.NETWORK_WORK):
        places = user.municipalities_where(Permission.NETWORK_WORK)
        rule |= Q(**{f"{prefix}municipality__in": places})
        rule |= Q(**{f"{prefix}municipality": None, f"{prefix}pk__isnull": False})
    return rule


def can_view(user: "User | AnonymousUser", question: "Question") -> bool:
    """A question without a group is for the whole network."""
    return can_read(user) and (question.group is None or can_enter(user, question.group))


def visible_q(user: "User | AnonymousUser") -> Q:
    """The same rule as ``can_view``, for lists."""
    if not can_read(user):
        return NOTHING
    return Q(group=None) | visible_groups_q(user, "group__")


def can_accept(user: "User | AnonymousUser", question: "Question") -> bool:
    """Who asked says which answer helped."""
    return user.is_authenticated and question.by_id == user.pk and can_view(user, question)


def can_promote(user: "User | AnonymousUser") -> bool:
    """The editor in chief makes an article of it, in the knowledge base (domain.md 1.1)."""
    return user.is_authenticated and user.may(Permission.PUBLIC_APPROVE)


def place_of(question: "Question") -> int | None:
    """The municipality whose coordinator moderates."""
    return question.group.municipality_id if question.group else None
