"""Who reads, writes and moderates in the exchange."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from network.directory.policies import NOTHING
from network.exchange.workflow import PostKind
from portal.accounts.roles import Permission

if TYPE_CHECKING:
    from network.exchange.models import Group, Question, SharedFile
    from portal.accounts.models import User


def can_read(user: "User | AnonymousUser") -> bool:
    """The exchange is for the network (Z1)."""
    return user.is_authenticated and user.may(Permission.NETWORK_READ)


def can_write(user: "User | AnonymousUser") -> bool:
    """Who takes part in the network asks and answers; who only reads in it does not."""
    return user.is_authenticated and user.may(Permission.NETWORK_CREATE)


def can_write_rules(user: "User | AnonymousUser") -> bool:
    """The editor in chief decides what the house rules say."""
    return can_read(user) and user.is_authenticated and user.may(Permission.PUBLIC_APPROVE)


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


def can_write_in(user: "User | AnonymousUser", group: "Group") -> bool:
    """Whoever may enter it and takes part in the network, until it ends."""
    return can_write(user) and group.ended_at is None and can_enter(user, group)


def can_join(user: "User | AnonymousUser", group: "Group") -> bool:
    """An open group is joined by oneself; the coordinator decides about a closed one."""
    return can_write_in(user, group) and not group.is_closed


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


def can_answer(user: "User | AnonymousUser", question: "Question") -> bool:
    """Whoever may read it and writes in the network, while it stands and its group goes on."""
    if not can_write(user) or question.removed_at:
        return False
    return question.group is None or can_write_in(user, question.group)


def can_share(user: "User | AnonymousUser", question: "Question") -> bool:
    """Files are for groups: who answers there shares there."""
    return question.group is not None and can_answer(user, question)


def can_remove_file(user: "User | AnonymousUser", file: "SharedFile") -> bool:
    """Who shared it, as long as they may see it, and the moderator."""
    if not can_view(user, file.question):
        return False
    return file.by_id == user.pk or can_moderate(user, place_of(file.question))


def can_accept(user: "User | AnonymousUser", question: "Question") -> bool:
    """Who asked says which answer helped."""
    return (
        user.is_authenticated
        and question.kind == PostKind.QUESTION
        and question.by_id == user.pk
        and can_view(user, question)
    )


def can_promote(user: "User | AnonymousUser") -> bool:
    """The editor in chief makes an article of it, in the knowledge base (domain.md 1.1)."""
    return user.is_authenticated and user.may(Permission.PUBLIC_APPROVE)


def place_of(question: "Question") -> int | None:
    """The municipality whose coordinator moderates."""
    return question.group.municipality_id if question.group else None
