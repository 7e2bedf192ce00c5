from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal.jobs import services
from portal.jobs.schedule import Entry
from portal.jobs.services import prune_cache, release_stuck_jobs, run_due

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(timezone.datetime(2026, 11, 25, 9, 0))


@pytest.fixture
def schedule(monkeypatch):
    entries = [Entry("audit_verify", timedelta(hours=1))]
    monkeypatch.setattr(services, "SCHEDULE", entries)
    return entries


def test_a_command_runs_when_due_and_not_twice(schedule):
    with time_machine.travel(NOW, tick=False) as clock:
        assert list(run_due()) == [("audit_verify", True)]
        assert list(run_due()) == []
        clock.shift(timedelta(hours=1))
        assert list(run_due()) == [("audit_verify", True)]


def test_what_another_process_runs_is_left_to_it(schedule):
    assert list(run_due(without=["audit_verify"])) == []
    assert list(run_due()) == [("audit_verify", True)]


def test_a_failing_command_does_not_stop_the_others_and_is_tried_again(schedule, monkeypatch):
    schedule.insert(0, Entry("audit_verify", timedelta(hours=1), {"chain": object()}))
    real = services.call_command

    def fail_first(name, **options):
        if options.get("chain"):
            raise RuntimeError("broken")
        return real(name, **options)

    monkeypatch.setattr(services, "call_command", fail_first)
    schedule[1] = Entry("sync_roles", timedelta(hours=1))

    assert list(run_due()) == [("audit_verify", False), ("sync_roles", True)]
    assert list(run_due()) == [("audit_verify", False)]


def test_a_job_of_a_killed_worker_is_put_back(db):
    job = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="portal.jobs.services.release_stuck_jobs",
        queue_name="default",
        backend_name="default",
        priority=0,
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now() - timedelta(hours=1),
        run_after=timezone.now(),
    )

    assert release_stuck_jobs() == 1
    job.refresh_from_db()
    assert job.status == TaskResultStatus.READY


def test_what_expired_leaves_no_row_in_the_cache_with_the_minute_it_was_made(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache_of_this_test",
        }
    }
    call_command("createcachetable", verbosity=0)
    with time_machine.travel(NOW, tick=False) as clock:
        caches["default"].set("sent", 1, 600)
        caches["default"].set("kept", 1, 7200)
        assert prune_cache() == 0
        clock.shift(timedelta(minutes=11))
        assert prune_cache() == 1
        assert caches["default"].get("kept") == 1


def test_a_busy_hour_pushes_nothing_out_of_the_cache(settings):
    everywhere = import_module("portal.settings.base").CACHES["default"]
    settings.CACHES = {"default": everywhere | {"LOCATION": "cache_of_this_test"}}
    call_command("createcachetable", verbosity=0)
    names = [f"receipt:{number}" for number in range(350)]
    for name in names:
        caches["default"].set(name, 1, 600)
    assert len(caches["default"].get_many(names)) == 350
