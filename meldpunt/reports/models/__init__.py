"""What the meldpunt stores of a report: all sealed, but for what meldpunt.md 6.7 names."""

from meldpunt.reports.models.budgets import CodeTries, IntakeBudget, UsedProof
from meldpunt.reports.models.guest_copies import GuestCopy
from meldpunt.reports.models.hand_overs import HandOver
from meldpunt.reports.models.holds import Extension, Hold, HoldReason
from meldpunt.reports.models.index_entries import (
    Channel,
    IndexEntry,
    Kind,
    Language,
    NotAnIndexEntry,
    Urgency,
)
from meldpunt.reports.models.reports import Report, SealedModel
from meldpunt.reports.models.rights import Answer, Right, RightsRequest
from meldpunt.reports.models.saved_views import SavedView
from meldpunt.reports.models.sealed import CodeWrap, FileChunk, IndexBlob, SealedPart, SecretWrap
from meldpunt.reports.models.standard_texts import StandardText
from meldpunt.reports.models.tombstones import ShredOrder, Tombstone
from meldpunt.reports.models.upload_settings import UploadSetting
from meldpunt.reports.models.visits import ReporterVisit

__all__ = [
    "Answer",
    "Channel",
    "CodeTries",
    "CodeWrap",
    "Extension",
    "FileChunk",
    "GuestCopy",
    "HandOver",
    "Hold",
    "HoldReason",
    "IndexBlob",
    "IndexEntry",
    "IntakeBudget",
    "Kind",
    "Language",
    "NotAnIndexEntry",
    "Report",
    "ReporterVisit",
    "Right",
    "RightsRequest",
    "SavedView",
    "SealedModel",
    "SealedPart",
    "SecretWrap",
    "ShredOrder",
    "StandardText",
    "Tombstone",
    "UploadSetting",
    "Urgency",
    "UsedProof",
]
