from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from network.phenomena.models import Observation
from network.phenomena.retention import OBSERVATION_KEPT
from network.phenomena.services.observations import let_go


class Command(BaseCommand):
    help = "Destroy observations of 90 days ago; the counts by month stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--execute",
            action="store_true",
            help="Really destroy them. Without it the command only counts.",
        )

    def handle(self, *, execute: bool, **options: object) -> None:
        now = timezone.now()
        if not execute:
            number = Observation.objects.filter(made_at__lt=now - OBSERVATION_KEPT).count()
            self.stdout.write(f"{number} observation(s). Run again with --execute.")
            return
        self.stdout.write(self.style.SUCCESS(f"{let_go(now)} observation(s) destroyed."))
