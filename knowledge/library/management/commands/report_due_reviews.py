from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from knowledge.library.services.reviews import reminders_for, send


class Command(BaseCommand):
    help = "Remind owners of pages that are due for a check."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--execute",
            action="store_true",
            help="Really send the letters. Without it the command only counts.",
        )

    def handle(self, *, execute: bool, **options: object) -> None:
        reminders = list(reminders_for(timezone.localdate()))
        pages = sum(len(reminder.pages) for reminder in reminders)
        if not execute:
            self.stdout.write(
                f"{len(reminders)} letter(s) about {pages} page(s). Run again with --execute."
            )
            return
        for reminder in reminders:
            send(reminder)
        self.stdout.write(self.style.SUCCESS(f"{len(reminders)} letter(s) sent."))
