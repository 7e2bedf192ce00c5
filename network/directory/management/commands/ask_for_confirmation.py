from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from network.directory.services.confirming import ask, questions_due


class Command(BaseCommand):
    help = "Ask who keeps a card or profile of the network whether it is still right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--execute",
            action="store_true",
            help="Really send the letters. Without it the command only counts.",
        )

    def handle(self, *, execute: bool, **options: object) -> None:
        questions = list(questions_due(timezone.now()))
        if not execute:
            self.stdout.write(f"{len(questions)} letter(s). Run again with --execute.")
            return
        for question in questions:
            ask(question)
        self.stdout.write(self.style.SUCCESS(f"{len(questions)} letter(s) sent."))
