"""Who is there: organisations, people who say so themselves, and what they work on."""

from network.directory.models.exchange_of_cards import Import, Merge
from network.directory.models.organisations import (
    CONFIRM_AFTER,
    ContactFunction,
    OpeningHours,
    Organisation,
)
from network.directory.models.people import (
    Consent,
    CurrentPhase,
    Export,
    Profile,
    ProfileDetail,
)
from network.directory.models.sectors import Language, Sector

__all__ = [
    "CONFIRM_AFTER",
    "Consent",
    "ContactFunction",
    "CurrentPhase",
    "Export",
    "Import",
    "Language",
    "Merge",
    "OpeningHours",
    "Organisation",
    "Profile",
    "ProfileDetail",
    "Sector",
]
