"""Questions to the observations in plain words."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from network.phenomena import policies
from network.phenomena.workflow import ObservationState

if TYPE_CHECKING:
    from portal.accounts.models import User


class ObservationQuerySet(QuerySet[Any, Any]):
    """What a list of observations can be asked."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep what ``user`` may read."""
        return self.filter(policies.visible_q(user))

    def waiting(self) -> Self:
        """Keep what waits for a review, the oldest first."""
        return self.filter(state=ObservationState.SUBMITTED).order_by("submitted_at", "pk")
