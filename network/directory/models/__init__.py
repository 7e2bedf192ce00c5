"""Who is there: organisations, people who say so themselves, and what they work on."""

from network.directory.models.exchange_of_cards import Import, Merge
from network.directory.models.key_figures import Deployment, KeyFigure, KeyFigureStep
from network.directory.models.organisations import (
    CONFIRM_AFTER,
    ContactFunction,
    OpeningHours,
    Organisation,
    is_name_of_somebody,
)
from network.directory.models.people import (
    Consent,
    CurrentPhase,
    Export,
    Profile,
    ProfileDetail,
)
from network.directory.models.sectors import Language, Sector
from network.directory.models.strategic import ActionPoint, Goal, Meeting, Member

__all__ = [
    "CONFIRM_AFTER",
    "ActionPoint",
    "Consent",
    "ContactFunction",
    "CurrentPhase",
    "Deployment",
    "Export",
    "Goal",
    "Import",
    "KeyFigure",
    "KeyFigureStep",
    "Language",
    "Meeting",
    "Member",
    "Merge",
    "OpeningHours",
    "Organisation",
    "Profile",
    "ProfileDetail",
    "Sector",
    "is_name_of_somebody",
]
