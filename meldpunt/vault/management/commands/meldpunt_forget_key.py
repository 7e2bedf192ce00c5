from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldpunt.vault.services.staff_keys import forget_staff_key
from portal.accounts.models import User


class Command(BaseCommand):
    help = (
        "Delete the key pair of somebody who lost the passphrase. They choose a new one, and two "
        "holders give the keys again. Nobody can read anything by this."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="e-mail address of the colleague")

    def handle(self, email: str, **options: object) -> None:
        person = User.objects.filter(email__iexact=email).first()
        if person is None or not forget_staff_key(person, by="system"):
            raise CommandError(f"{email} has no key pair.")
        self.stdout.write(f"{email} can choose a new passphrase at the next visit.")
        self.stdout.write("Then two holders give the keys again, on the page Sleutels.")
