from django.core.management.base import BaseCommand

from portal.jobs.services import prune_cache


class Command(BaseCommand):
    help = "Remove what expired from the cache in the database; Django leaves it until it is full."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{prune_cache()} row(s) removed.")
