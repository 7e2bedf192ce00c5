"""Who follows training, and who sees what others did with it."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from portal.accounts.models import User
from portal.accounts.roles import Permission

if TYPE_CHECKING:
    from knowledge.training.models import Attempt

Visitor = User | AnonymousUser
# Whose work the pages of training are, and who approves them.
EDITING = (Permission.TRAINING_WORK, Permission.TRAINING_APPROVE)


def can_follow(user: Visitor) -> bool:
    """Everybody whose row of the matrix lets them follow training."""
    return bool(user.is_authenticated and user.may(Permission.TRAINING_FOLLOW))


def own_q(user: Visitor) -> Q:
    """What is the learner's own: attempts, drafts, certificates."""
    return Q(user=user.pk) if user.is_authenticated else Q(pk__in=[])


def can_see_result(user: Visitor, attempt: "Attempt") -> bool:
    """The learner, and the training coordinator; nobody else, no manager either (domain.md 1.3)."""
    return user.pk == attempt.user_id or can_coordinate(user)


def can_coordinate(user: Visitor) -> bool:
    """Whoever keeps the register: the training coordinator, by the role and not by the mark.

    Editors hold the same mark for writing modules, and see nobody's results.
    """
    return bool(user.is_authenticated and user.holds("trainingscoordinator"))


def can_see_coverage(user: Visitor) -> bool:
    """Totals: the coordinator, and the roles with only totals in the matrix."""
    return can_coordinate(user) or bool(
        user.is_authenticated and user.may(Permission.TRAINING_TOTALS)
    )


def totals_q(user: Visitor) -> Q:
    """The totals that somebody sees: of the own municipalities, or of the whole region."""
    if not user.is_authenticated or not can_see_coverage(user):
        return Q(pk__in=[])
    places = {place for place, role in user.grants if role.grants(Permission.TRAINING_TOTALS)}
    return Q() if can_coordinate(user) or None in places else Q(place__in=places)
