"""The life of an observation, and the words it may use (domain.md 1.5 and 7.4)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ObservationState(TextChoices):
    """Where an observation is; an expired one is gone, only its count is left."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waits for review")
    RETURNED = "returned", _("Returned with feedback")
    ACCEPTED = "accepted", _("Accepted")
    CLUSTERED = "clustered", _("Part of a phenomenon")


_S = ObservationState
ALLOWED: dict[ObservationState, frozenset[ObservationState]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED}),
    _S.SUBMITTED: frozenset({_S.RETURNED, _S.ACCEPTED}),
    _S.RETURNED: frozenset({_S.SUBMITTED}),
    _S.ACCEPTED: frozenset({_S.CLUSTERED}),
    _S.CLUSTERED: frozenset(),
}


class TransitionNotAllowed(Exception):
    """An observation was asked to make a step the workflow does not have."""


def check_transition(old: ObservationState, new: ObservationState) -> None:
    """Raise ``TransitionNotAllowed`` unless the table has the step ``old`` to ``new``."""
    if new not in ALLOWED[old]:
        raise TransitionNotAllowed(f"{old.value} to {new.value}")


class PlatformType(TextChoices):
    """The type of place online, never which account or page (GR-16)."""

    SHORT_VIDEO = "korte-video", _("Short videos")
    CHAT = "chat", _("Open chat channel")
    FORUM = "forum", _("Forum or comments")
    SOCIAL = "sociaal", _("Social network")
    GAME = "game", _("Game or stream")
    OTHER = "anders", _("Something else")


class Reach(TextChoices):
    """How many people saw it, in bands."""

    FEW = "weinig", _("Tens")
    SOME = "redelijk", _("Hundreds")
    MANY = "veel", _("Thousands or more")
    UNKNOWN = "onbekend", _("Unknown")


class Tone(TextChoices):
    """How it is said, by whoever says it."""

    CALM = "rustig", _("Calmly")
    SHARP = "scherp", _("Sharp")
    HOSTILE = "vijandig", _("Hostile")
    FEARFUL = "bang", _("Afraid")
    UNKNOWN = "onbekend", _("Hard to say")


class Advice(TextChoices):
    """What the observer would do."""

    NOTHING = "geen", _("Nothing")
    MEANING = "duiding", _("Ask what it means")
    COUNTER = "tegengeluid", _("Another voice")
    DIALOGUE = "dialoog", _("Dialogue")
    REFER = "doorverwijzen", _("Refer")
