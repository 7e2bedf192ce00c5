from django.core.management.base import BaseCommand

from portal.jobs.services import release_stuck_jobs


class Command(BaseCommand):
    help = "Put jobs back that a killed worker left running."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{release_stuck_jobs()} job(s) put back.")
