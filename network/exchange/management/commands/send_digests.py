from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from network.exchange.services.digests import due, send
from network.exchange.services.mentions import letters_due, send_letter


class Command(BaseCommand):
    help = "Send the digest of the exchange, and who is asked to read along, outside quiet hours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--execute",
            action="store_true",
            help="Really send the letters. Without it the command only counts.",
        )

    def handle(self, *, execute: bool, **options: object) -> None:
        now = timezone.now()
        waiting, asked = due(now), letters_due(now)
        if not execute:
            number = len(waiting) + len(asked)
            self.stdout.write(f"{number} letter(s). Run again with --execute.")
            return
        sent = sum(send(one, now) for one in waiting)
        sent += sum(send_letter(person, mentions, now) for person, mentions in asked.items())
        self.stdout.write(self.style.SUCCESS(f"{sent} letter(s) sent."))
