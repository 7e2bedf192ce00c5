import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.audit.models import AuditEvent
from portal.audit.services import broken_links


class Command(BaseCommand):
    help = "Recompute every chain of the audit trail and name the numbers that do not fit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--chain", help="Only this chain.")

    def handle(self, *, chain: str | None, **options: object) -> None:
        chains = AuditEvent.objects.order_by("chain").values_list("chain", flat=True).distinct()
        names = [chain] if chain else list(chains)
        broken = {}
        for name in tqdm(names, unit="chain", disable=None, file=sys.stderr):
            if numbers := list(broken_links(name)):
                broken[name] = numbers
        for name, numbers in broken.items():
            self.stdout.write(f"{name}: first bad number {numbers[0]}, {len(numbers)} in all")
        if broken:
            raise CommandError("The audit trail has been changed.")
        self.stdout.write(self.style.SUCCESS(f"{len(names)} chain(s) verified."))
