from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from meldpunt.reports.database_roles import statements


class Command(BaseCommand):
    help = (
        "Print the SQL that gives the database role of each process its rights in PostgreSQL, or "
        "carry it out with --apply. Run it for both databases, after every migrate."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--database", default="default", choices=["default", "keystore"])
        parser.add_argument("--apply", action="store_true", help="Carry it out.")

    def handle(self, *, database: str, apply: bool, **options: object) -> None:
        connection = connections[database]
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.")
        lines = list(
            statements(connection.introspection.table_names(), keystore=database == "keystore")
        )
        if not apply:
            self.stdout.write("".join(f"{line};\n" for line in lines))
            return
        with transaction.atomic(using=database), connection.cursor() as cursor:
            for line in lines:
                cursor.execute(line)
        self.stdout.write(f"{len(lines)} statements carried out.")
