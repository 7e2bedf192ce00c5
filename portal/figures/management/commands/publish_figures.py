from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.figures.services import publish_due


class Command(BaseCommand):
    help = "Publish the figures of every month that is over, with small numbers hidden."

    def handle(self, **options: object) -> None:
        number = publish_due(timezone.localdate())
        self.stdout.write(self.style.SUCCESS(f"{number} table(s) published."))
