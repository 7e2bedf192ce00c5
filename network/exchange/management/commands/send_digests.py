from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from network.exchange.services.digests import due, send


class Command(BaseCommand):
    help = "Send the digest of the exchange to who wants one now, outside their quiet hours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--execute",
            action="store_true",
            help="Really send the letters. Without it the command only counts.",
        )

    def handle(self, *, execute: bool, **options: object) -> None:
        now = timezone.now()
        waiting = due(now)
        if not execute:
            self.stdout.write(f"{len(waiting)} letter(s). Run again with --execute.")
            return
        sent = sum(send(one, now) for one in waiting)
        self.stdout.write(self.style.SUCCESS(f"{sent} letter(s) sent."))
