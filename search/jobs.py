"""What is done in the background."""

from django_tasks import task

from search.elastic.sending import send_waiting


@task(queue_name="index")
def send_search_changes() -> int:
    """Send every waiting change; none when the engine is away, the schedule tries again."""
    return send_waiting()
