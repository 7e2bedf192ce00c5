from django.core.management.base import BaseCommand

from meldpunt.reports.services.budgets import tell_owners_later
from meldpunt.reports.services.puzzles import forget_used


class Command(BaseCommand):
    help = "Tell who answers for a meldpunt that its form is used far more than usual."

    def handle(self, **options: object) -> None:
        forget_used()
        self.stdout.write(f"{tell_owners_later()} letter(s) sent.")
