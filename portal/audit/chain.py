"""How one event is tied to the event before it (meldpunt.md 6.10)."""

import hashlib
import json
from datetime import datetime
from typing import Any, Literal

Precision = Literal["second", "hour", "week"]
START = b"\x00" * 32
FIELDS = (
    "seq",
    "moment",
    "actor",
    "role",
    "action",
    "subject",
    "outcome",
    "reason",
    "details",
)


def moment(at: datetime, precision: Precision) -> str:
    """``at`` as text, no finer than ``precision``: what a reporter does gets a week only."""
    year, week, day = at.isocalendar()
    if precision == "week":
        return f"{year}-W{week:02}"
    if precision == "hour":
        return f"{year}-W{week:02}-{day}T{at.hour:02}"
    return at.isoformat(timespec="seconds")


def digest(previous: bytes, chain: str, entry: dict[str, Any]) -> bytes:
    """SHA-256 over the hash before, the chain's name and the entry as canonical JSON; 32 bytes."""
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"audit/v1|" + previous + chain.encode() + b"|" + text.encode()).digest()
