"""The log of processings: which processing of personal data took place, never by whom.

Beside the trail, which names people and serves supervision, this log serves the people whom the
data are about (Logboek Dataverwerkingen 1.0). It grows by itself from the events below.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from portal.audit.chain import Precision
from portal.audit.models import ProcessingRecord

# Event of the trail to the activity in the register of processings (AVG 30).
ACTIVITIES = {
    "report.received": "melding-ontvangen",
    "report.opened": "melding-behandelen",
    "report.identity_opened": "melder-kennen",
    "report.attachment_opened": "melding-behandelen",
    "report.original_downloaded": "melding-behandelen",
    "report.exported": "melding-verstrekken",
    "report.guest_agreed": "melding-verstrekken",
    "report.guest_read": "melding-verstrekken",
    "report.handed_over": "melding-doorgeven",
    "report.handed_in": "melding-ontvangen",
    "report.message_sent": "melding-behandelen",
    "report.question_sent": "melding-behandelen",
    "report.message_received": "melding-behandelen",
    "report.state_changed": "melding-behandelen",
    "report.minimised": "melding-inkorten",
    "report.destroyed": "melding-vernietigen",
    "rights.answered": "verzoek-beantwoorden",
}


def log_processing(
    action: str, *, chain: str, precision: Precision, outcome: str
) -> ProcessingRecord | None:
    """Add one line for an event of the trail; nothing for events that process no personal data."""
    activity = ACTIVITIES.get(action)
    if activity is None:
        return None
    moment = int(_rounded(timezone.localtime(), precision).timestamp() * 1000)
    return ProcessingRecord.objects.create(
        trace_id=secrets.token_hex(16),
        span_id=secrets.token_hex(8),
        name=action,
        status="Error" if outcome == "failed" else "Ok",
        start_time=moment,
        end_time=moment,
        resource={"service.name": "vredeportaal", "service.namespace": chain},
        attributes={
            "dpl.core.processing_activity_id": f"{settings.PROCESSING_REGISTER}/{activity}"
        },
    )


def _rounded(at: datetime, precision: Precision) -> datetime:
    """The begin of the hour, or of the week: this log is no finer than the trail."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    if precision == "week":
        return (hour - timedelta(days=at.weekday())).replace(hour=0)
    return hour
