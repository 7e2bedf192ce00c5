import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from portal.jobs.services import run_due


class Command(BaseCommand):
    help = "Run every scheduled command whose time has come. Call it every minute, or --forever."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--forever", action="store_true", help="Keep looking, once a minute.")
        parser.add_argument(
            "--without", nargs="+", default=[], help="Commands that another process runs."
        )

    def handle(self, *, forever: bool, without: list[str], **options: object) -> None:
        while True:
            for name, went_well in run_due(without):
                self.stdout.write(f"{name}: {'done' if went_well else 'FAILED'}")
            if not forever:
                return
            time.sleep(60)
