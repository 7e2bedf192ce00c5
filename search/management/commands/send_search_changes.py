from django.core.management.base import BaseCommand

from search.changes import is_kept
from search.elastic.sending import send_waiting
from search.models import Change


class Command(BaseCommand):
    help = "Send what changed to Elasticsearch or OpenSearch, also what waited while it was away."

    def handle(self, *, verbosity: int = 1, **options: object) -> None:
        sent = send_waiting() if is_kept() else 0
        if verbosity:
            waiting = Change.objects.filter(was_sent=False).count()
            self.stdout.write(f"{sent} sent, {waiting} waiting.")
