from django.core.management.base import BaseCommand

from network.map.services.analysis import work_out


class Command(BaseCommand):
    help = "Place the network map and find its single points of failure and isolated parts."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{work_out()} node(s) worked out.")
