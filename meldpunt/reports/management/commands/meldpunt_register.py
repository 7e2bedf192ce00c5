from django.core.management.base import BaseCommand

from meldpunt.reports.services import register
from portal.figures.tables import table


class Command(BaseCommand):
    help = (
        "Print the register of processings (AVG article 30) of every meldpunt that is switched on, "
        "as a table: activities, data, recipients, and the terms of today."
    )

    def handle(self, **options: object) -> None:
        columns = [str(column) for column in register.COLUMNS]
        self.stdout.write(table(columns, register.lines()), ending="")
