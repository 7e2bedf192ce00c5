"""What happens by itself, and how often: the library for jobs has no schedule yet (decision 0008)."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One command, how long to wait before it runs again, and its options."""

    command: str
    every: timedelta
    options: dict[str, Any] = field(default_factory=dict)


MINUTES, HOURS, DAYS = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SCHEDULE = [
    Entry("publish_scheduled", 1 * MINUTES),
    Entry("audit_seal", 1 * MINUTES),
    Entry("send_search_changes", 1 * MINUTES),
    Entry("release_stuck_jobs", 10 * MINUTES),
    Entry("prune_cache", 10 * MINUTES),
    Entry("meldpunt_budgets", 10 * MINUTES),
    Entry("meldpunt_nudge", 10 * MINUTES),
    Entry("sync_roles", 1 * HOURS),
    Entry("meldpunt_leavers", 1 * HOURS),
    Entry("meldpunt_reap", 1 * DAYS),
    Entry("report_due_reviews", 1 * DAYS, {"execute": True}),
    Entry("ask_for_confirmation", 1 * DAYS, {"execute": True}),
    Entry("work_out_network", 1 * DAYS),
    Entry("remind_learners", 1 * DAYS),
    Entry("events_aftercare", 1 * DAYS),
    Entry("send_digests", 1 * HOURS, {"execute": True}),
    Entry("publish_figures", 1 * DAYS),
    Entry("destroy_observations", 1 * DAYS, {"execute": True}),
    Entry("clearsessions", 1 * DAYS),
    Entry("prune_questions", 1 * DAYS),
    Entry("searchpromotions_garbage_collect", 1 * DAYS),
    Entry("purge_revisions", 7 * DAYS, {"days": 365}),
    Entry("prune_db_task_results", 1 * DAYS),
    Entry("audit_verify", 1 * DAYS),
    Entry("meldpunt_escalate", 1 * DAYS),
]
