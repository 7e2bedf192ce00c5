from django.core.management.base import BaseCommand
from django.utils import timezone

from knowledge.training.services.enrolling import remind


class Command(BaseCommand):
    help = "Remind people of training that has to be finished and of certificates that end."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{remind(timezone.localdate())} letter(s).")
