"""What happens when, who comes, what they thought of it, and what was agreed."""

from network.events.models.dialogues import (
    Agreement,
    Attendance,
    Minutes,
    Proposal,
    Series,
    SeriesMember,
)
from network.events.models.evaluations import Evaluation
from network.events.models.events import Event, Session
from network.events.models.guests import Guest
from network.events.models.invitations import InvitationRun, Invitee
from network.events.models.registrations import Registration

__all__ = [
    "Agreement",
    "Attendance",
    "Evaluation",
    "Event",
    "Guest",
    "InvitationRun",
    "Invitee",
    "Minutes",
    "Proposal",
    "Registration",
    "Series",
    "SeriesMember",
    "Session",
]
