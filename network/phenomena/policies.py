"""Who describes phenomena, who reviews, and who sees the trend."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from network.directory.policies import NOTHING
from portal.accounts.roles import Permission

if TYPE_CHECKING:
    from network.phenomena.models import Observation
    from portal.accounts.models import User


def can_observe(user: "User | AnonymousUser") -> bool:
    """A trained online ambassador describes what is going on, never persons (GR-16)."""
    return user.is_authenticated and user.may(Permission.OBSERVATIONS_OWN)


def can_review(user: "User | AnonymousUser", municipality: int | None) -> bool:
    """The network coordinator of that municipality; of an unknown place, any."""
    return user.is_authenticated and user.may(Permission.OBSERVATIONS_WORK, at=municipality)


def can_view(user: "User | AnonymousUser", observation: "Observation") -> bool:
    """Who wrote it, and who reviews there once it was sent."""
    if not user.is_authenticated:
        return False
    if observation.by_id == user.pk:
        return True
    return observation.state != "draft" and can_review(user, observation.municipality_id)


def visible_q(user: "User | AnonymousUser") -> Q:
    """The same rule as ``can_view``, for lists."""
    if not user.is_authenticated:
        return NOTHING
    rule = Q(by=user)
    if user.may(Permission.OBSERVATIONS_WORK):
        places = user.municipalities_where(Permission.OBSERVATIONS_WORK)
        rule |= ~Q(state="draft") & (Q(municipality__in=places) | Q(municipality=None))
    return rule


def can_see_trend(user: "User | AnonymousUser") -> bool:
    """Whoever reviews, reads observations or sees totals, and the ambassadors themselves."""
    return user.is_authenticated and (
        user.may(Permission.OBSERVATIONS_READ)
        or user.may(Permission.OBSERVATIONS_TOTALS)
        or user.may(Permission.OBSERVATIONS_OWN)
    )
