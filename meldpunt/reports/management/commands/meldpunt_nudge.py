from django.core.management.base import BaseCommand

from meldpunt.reports.services.nudging import nudge_later


class Command(BaseCommand):
    help = "Tell the people of each meldpunt that something came in, later and without saying what."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{nudge_later()} letter(s) sent.")
