import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldpunt.reports.models import Tombstone
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.certificates import check_certificate
from meldpunt.vault.services.codes import NotACode, parse_reference
from portal.regions.models import Municipality


class Command(BaseCommand):
    help = "Print the certificate of a destroyed report, and check it against trail and keystore."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ref", help="the reference, such as 7K2M-9QXD")
        parser.add_argument("--municipality", required=True, help="its slug")

    def handle(self, ref: str, **options: str) -> None:
        place = Municipality.objects.filter(slug=options["municipality"]).first()
        if place is None:
            raise CommandError(f"There is no municipality {options['municipality']!r}.")
        with working_in([place.pk]):
            tombstone = self.find(ref)
            self.stdout.write(json.dumps(tombstone.certificate, indent=2, sort_keys=True))
            verdict = check_certificate(tombstone)
        self.tell("signed by the reaper", is_so=verdict.is_signed)
        self.tell("names every key that arrived", is_so=verdict.names_every_key)
        self.tell("no key is left", is_so=verdict.keys_are_gone)
        if not verdict.holds:
            raise CommandError("This certificate does not prove the destruction.")

    def find(self, ref: str) -> Tombstone:
        try:
            wanted = parse_reference(ref)
        except NotACode:
            raise CommandError(f"{ref!r} is not a reference.") from None
        rows = Tombstone.objects.exclude(destroyed_week="").select_related("report__municipality")
        for tombstone in rows:
            if tombstone.report.ref == wanted:
                found: Tombstone = tombstone
                return found
        raise CommandError(f"{ref} was not destroyed here.")

    def tell(self, what: str, *, is_so: bool) -> None:
        self.stdout.write(f"{'yes' if is_so else 'NO '} {what}")
