from django.core.management.base import BaseCommand

from meldpunt.vault.services.leaving import take_keys_of_who_left


class Command(BaseCommand):
    help = (
        "Take the keys of everybody whose role at a meldpunt has ended or run out. Those who stay "
        "get new keys when the first of them opens the vault."
    )

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{take_keys_of_who_left()} holders have no keys any more.")
