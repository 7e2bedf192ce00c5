"""Settings of gunicorn for the journeys: the clock of the portal is ahead when a file says so."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

FILE = Path(os.environ["PORTAL_VAR_DIR"]) / "hours-ahead"
travelling = {}


def pre_request(worker, request):
    """Move the clock before a request when the journey moved it."""
    hours = float(FILE.read_text()) if FILE.exists() else 0.0
    if travelling.get("hours", 0.0) == hours:
        return
    if "away" in travelling:
        travelling.pop("away").stop()
    if hours:
        away = time_machine.travel(datetime.now(UTC) + timedelta(hours=hours))
        away.start()
        travelling["away"] = away
    travelling["hours"] = hours
