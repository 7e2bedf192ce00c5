from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldpunt.reports.models import Report
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.destruction import NotDestroyed, OnHold, destroy_report
from meldpunt.reports.workflow import Phase
from meldpunt.vault.services.codes import NotACode, parse_reference
from portal.regions.models import Municipality


class Command(BaseCommand):
    help = (
        "Destroy one report for good: its keys first, then its rows. What stays is a tombstone. "
        "No backup brings it back once the keystore's own backups have run out (14 days)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ref", help="the reference, such as 7K2M-9QXD")
        parser.add_argument("--municipality", required=True, help="its slug")
        parser.add_argument("--reason", required=True, help="the rule; no names, no content")
        parser.add_argument("--execute", action="store_true", help="without it only tells")

    def handle(self, ref: str, **options: str) -> None:
        place = Municipality.objects.filter(slug=options["municipality"]).first()
        if place is None:
            raise CommandError(f"There is no municipality {options['municipality']!r}.")
        with working_in([place.pk]):
            report = self.find(ref)
            if not options["execute"]:
                self.stdout.write(f"{report.shown_ref} of {place} would be destroyed for good.")
                self.stdout.write("Run again with --execute to do it.")
                return
            self.stdout.write("1. Keys in the keystore … ", ending="")
            try:
                tombstone = destroy_report(report, rule=options["reason"][:80], by="system")
            except OnHold:
                raise CommandError("The FG paused the destruction of this report.") from None
            except NotDestroyed as error:
                raise CommandError(
                    f"A key is still there: {error}. Nothing else changed."
                ) from None
        self.stdout.write("destroyed.")
        self.stdout.write("2. Rows deleted; 3. checked: no key is left to open anything with.")
        self.stdout.write(f"4. Tombstone: week {tombstone.destroyed_week}, {tombstone.rule}.")
        for domain, died in tombstone.certificate["keys"].items():
            self.stdout.write(f"   {domain}: {died}")

    def find(self, ref: str) -> Report:
        try:
            wanted = parse_reference(ref)
        except NotACode:
            raise CommandError(f"{ref!r} is not a reference.") from None
        found = [report for report in Report.objects.all() if report.ref == wanted]
        if len(found) != 1:
            raise CommandError(f"{ref} is not a report of this municipality.")
        if found[0].phase == Phase.DESTROYED:
            raise CommandError(f"{ref} was destroyed before.")
        report: Report = found[0]
        return report
