from django.core.management.base import BaseCommand
from django.utils import timezone

from search.question_log import forget


class Command(BaseCommand):
    help = "Delete counted questions: asked less than three times in 30 days, or not for 180 days."

    def handle(self, *, verbosity: int = 1, **options: object) -> None:
        deleted = forget(timezone.localdate())
        if verbosity:
            self.stdout.write(f"{deleted} questions deleted.")
