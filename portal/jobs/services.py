"""Running what is due, once, whichever machine asks first."""

import logging
from collections.abc import Collection, Iterator
from datetime import timedelta

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command, get_commands
from django.db import connections, router, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal.jobs.models import ScheduledRun
from portal.jobs.schedule import SCHEDULE, Entry

logger = logging.getLogger(__name__)
STUCK_AFTER = timedelta(minutes=30)


def run_due(without: Collection[str] = ()) -> Iterator[tuple[str, bool]]:
    """Run every command whose time has come; yields its name and whether it went well.

    Those in ``without`` belong to another process, with rights of its own. A command that fails does not keep the others from running; it is tried again next time.
    """
    known = get_commands()
    for entry in SCHEDULE:
        if entry.command in known and entry.command not in without and claim(entry):
            yield entry.command, run(entry)


@transaction.atomic
def claim(entry: Entry) -> bool:
    """Whether it is this process that runs ``entry`` now: the row is changed by one only."""
    now = timezone.now()
    ScheduledRun.objects.get_or_create(command=entry.command)
    due = Q(began_at=None) | Q(began_at__lte=now - entry.every) | Q(failed=True)
    return ScheduledRun.objects.filter(due, command=entry.command).update(began_at=now) == 1


def run(entry: Entry) -> bool:
    """Call the command; a failure is logged and remembered."""
    try:
        call_command(entry.command, **entry.options, verbosity=0)
    except Exception:  # one failing command must not stop the rest
        logger.exception("scheduled command %s failed", entry.command)
        ScheduledRun.objects.filter(command=entry.command).update(failed=True)
        return False
    ScheduledRun.objects.filter(command=entry.command).update(failed=False)
    return True


def release_stuck_jobs() -> int:
    """Put back what a killed worker left running for half an hour; returns how many jobs."""
    stuck = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - STUCK_AFTER
    )
    return stuck.update(status=TaskResultStatus.READY, started_at=None)


def prune_cache() -> int:
    """Remove rows of the cache that expired; returns how many.

    The time of a row is finer than we keep of anyone who reports (meldpunt.md R5), so it goes
    when it has done its work. Nothing to do for a cache that forgets by itself.
    """
    removed = 0
    for cache in caches.all(initialized_only=False):
        if not isinstance(cache, DatabaseCache):
            continue
        rows = cache.cache_model_class
        connection = connections[router.db_for_write(rows) or "default"]
        table = connection.ops.quote_name(rows._meta.db_table)
        now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608
            removed += cursor.rowcount
    return removed
