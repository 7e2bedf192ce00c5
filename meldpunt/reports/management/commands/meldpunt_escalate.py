from django.core.management.base import BaseCommand
from django.utils import timezone

from meldpunt.reports.services.escalation import escalate


class Command(BaseCommand):
    help = "Tell who answers for a meldpunt that reports stay open for too long."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{escalate(today=timezone.localdate())} letter(s) sent.")
