"""The states of an event and of a registration, and the steps between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an event is."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Called off")


class Place(models.TextChoices):
    """Where somebody who registered is."""

    SEATED = "seated", _("You have a seat")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Signed off")


STEPS = {
    State.DRAFT: {State.PUBLISHED},
    State.PUBLISHED: {State.CANCELLED},
    State.CANCELLED: set[State](),
}
COUNTS = (Place.SEATED, Place.WAITING)


def may_go(old: str, new: str) -> bool:
    """Whether an event in state ``old`` may go to ``new``."""
    return State(new) in STEPS[State(old)]
