import sys

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from meldpunt.reports.models import Report
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.destruction import (
    carry_out_orders,
    destroy_report,
    shred_domain,
)
from meldpunt.reports.workflow import Phase
from meldpunt.vault.services.domains import Domain
from portal.regions.models import Municipality


class Command(BaseCommand):
    help = "Destroy what is due: ordered shreddings, names of reporters, and closed reports."

    def handle(self, **options: object) -> None:
        today, done = timezone.localdate(), 0
        for place in tqdm(Municipality.objects.all(), disable=None, file=sys.stderr):
            done += carry_out_orders(place)
            with working_in([place.pk]):
                for report in Report.objects.filter(destroy_identity_on__lt=today):
                    shred_domain(report, Domain.IDENTITY, rule="identity term")
                    done += 1
                for report in Report.objects.filter(phase=Phase.CLOSED, destroy_on__lt=today):
                    destroy_report(report, rule="retention term", by="system")
                    done += 1
        self.stdout.write(f"{done} destroyed.")
