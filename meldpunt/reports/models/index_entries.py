"""What the list of the workspace knows of a report: closed vocabularies, ids and days only.

No title, no summary, no free text and nobody's name (GR-03, meldpunt.md 6.9). A test reads
the types of these fields.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from types import UnionType
from typing import Any, Self, get_args, get_type_hints

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.workflow import NoFollowUpReason, ReportState


class NotAnIndexEntry(ValueError):
    """The stored entry holds a field or value that is not in the vocabulary."""


class Kind(TextChoices):
    """What a report is about (domain.md 1.2)."""

    ADVICE = "advice", _("I want advice")
    WORRY = "worry", _("I worry about somebody")
    TENSION = "tension", _("There is tension between groups")
    ONLINE = "online", _("I see something online")
    INCIDENT = "incident", _("Something happened at a place")


class Urgency(TextChoices):
    """How soon somebody must look."""

    NOW = "now", _("Now: somebody is in danger")
    SOON = "soon", _("Soon: within a few days")
    NORMAL = "normal", _("It can wait a week")
    UNKNOWN = "unknown", _("I don't know")


class Channel(TextChoices):
    """How it came in."""

    WEB = "web", _("Website")
    PHONE = "phone", _("Telephone")


class Language(TextChoices):
    """In which language the reporter reads our answer."""

    NL = "nl", _("Dutch")
    EN = "en", _("English")


@dataclass(frozen=True)
class IndexEntry:
    """One line of the list. People are account numbers; days are days of the calendar."""

    kind: Kind
    urgency: Urgency
    channel: Channel
    language: Language
    received: date
    state: ReportState = ReportState.RECEIVED
    area: int | None = None
    state_since: date | None = None
    assignee: int | None = None
    deputy: int | None = None
    excluded: tuple[int, ...] = ()
    away: int | None = None  # of whom a colleague proposes to keep them away, or let them back
    away_by: int | None = None
    away_on: date | None = None
    away_ends: bool = False
    hand_to: int | None = None  # the municipality to which a colleague proposes to hand it over
    hand_by: int | None = None
    hand_name: bool = False
    second: int | None = None
    pending: ReportState | None = None
    pending_by: int | None = None
    outcome: ReportState | None = None
    reason: NoFollowUpReason | None = None
    due: date | None = None
    interim_on: date | None = None
    weighing_on: date | None = None
    basis_until: date | None = None
    seen: int = 0
    reporter_wrote: bool = False
    withdrawal_asked: bool = False
    minimised: bool = False
    has_identity: bool = False

    @property
    def is_urgent(self) -> bool:
        """Whether the short term of the first look counts."""
        return self.urgency in (Urgency.NOW, Urgency.SOON)

    def but(self, **changes: Any) -> Self:
        """The same entry with other values."""
        return replace(self, **changes)

    def to_bytes(self) -> bytes:
        """As it is sealed."""
        value = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")

    @classmethod
    def from_bytes(cls, blob: bytes) -> Self:
        """The entry again. Raises ``NotAnIndexEntry``."""
        try:
            stored = json.loads(blob)
            return cls(**{name: READERS[name](value) for name, value in stored.items()})
        except (KeyError, ValueError, TypeError, AttributeError):
            raise NotAnIndexEntry from None


def _reader_of(wanted: Any) -> Callable[[Any], Any]:
    """How to read one stored value of a field of this type; a list opens thousands."""
    if isinstance(wanted, UnionType):
        inner = _reader_of(next(one for one in get_args(wanted) if one is not type(None)))
        return lambda value: None if value is None else inner(value)
    if wanted is date:
        return date.fromisoformat
    if wanted == tuple[int, ...]:
        return _numbers
    if wanted in (int, bool):
        return partial(_exactly, wanted)
    words = {str(word): word for word in wanted}
    return words.__getitem__


def _exactly(wanted: type, value: Any) -> Any:
    if type(value) is not wanted:
        raise NotAnIndexEntry
    return value


def _numbers(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise NotAnIndexEntry
    return tuple(_exactly(int, one) for one in value)


READERS = {name: _reader_of(wanted) for name, wanted in get_type_hints(IndexEntry).items()}
