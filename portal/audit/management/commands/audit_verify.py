import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.audit.models import AuditEvent
from portal.audit.sealing import broken_seals
from portal.audit.services import broken_links


class Command(BaseCommand):
    help = "Recompute every chain of the audit trail and name the numbers that do not fit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--chain", help="Only this chain.")
        parser.add_argument(
            "--first-key", help="of --chain, as the FG has it on paper: checks the seals as well"
        )

    def handle(self, *, chain: str | None, first_key: str | None, **options: object) -> None:
        chains = AuditEvent.objects.order_by("chain").values_list("chain", flat=True).distinct()
        names = [chain] if chain else list(chains)
        broken = {}
        for name in tqdm(names, unit="chain", disable=None, file=sys.stderr):
            if numbers := list(broken_links(name)):
                broken[name] = numbers
        for name, numbers in broken.items():
            self.stdout.write(f"{name}: first bad number {numbers[0]}, {len(numbers)} in all")
        if first_key:
            self.check_seals(str(chain), first_key)
        if broken:
            raise CommandError("The audit trail has been changed.")
        self.stdout.write(self.style.SUCCESS(f"{len(names)} chain(s) verified."))

    def check_seals(self, chain: str, first_key: str) -> None:
        try:
            key = bytes.fromhex(first_key)
        except ValueError:
            raise CommandError("A first key has 64 hexadecimal digits.") from None
        numbers = list(broken_seals(chain, first_key=key))
        if numbers:
            raise CommandError(
                f"{chain}: the seal of number {numbers[0]} does not fit, {len(numbers)} in all."
            )
        self.stdout.write(f"{chain}: every seal fits.")
