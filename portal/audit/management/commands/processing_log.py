import json

from django.core.management.base import BaseCommand

from portal.audit.models import ProcessingRecord

FIELDS = (
    "trace_id",
    "span_id",
    "parent_span_id",
    "name",
    "status",
    "start_time",
    "end_time",
    "resource",
    "attributes",
)


class Command(BaseCommand):
    help = "Print the log of processings, one JSON object a line, in the words of the standard."

    def handle(self, **options: object) -> None:
        for row in ProcessingRecord.objects.values(*FIELDS).iterator(2000):
            self.stdout.write(json.dumps(row, sort_keys=True))
