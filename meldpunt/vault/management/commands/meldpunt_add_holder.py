from getpass import getpass

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldpunt.vault.services import holders, unlocking
from meldpunt.vault.services.staff_keys import WrongPassphrase
from portal.accounts.models import User
from portal.regions.models import Municipality


class Command(BaseCommand):
    help = (
        "Give the keys of a municipality to a colleague. One holder asks and another approves; "
        "both type their own passphrase."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("colleague", help="e-mail address of the new holder")
        parser.add_argument("--municipality", required=True)
        parser.add_argument("--asked-by", required=True, help="e-mail address of a holder")
        parser.add_argument("--approved-by", required=True, help="e-mail address of another holder")

    def handle(self, colleague: str, **options: str) -> None:
        place = Municipality.objects.filter(slug=options["municipality"]).first()
        if place is None:
            raise CommandError(f"There is no municipality {options['municipality']!r}.")
        first, second = self.person(options["asked_by"]), self.person(options["approved_by"])
        self.keys_of(first)
        keys = self.keys_of(second)
        try:
            admission = holders.ask_admission(self.person(colleague), municipality=place, by=first)
            holders.approve_admission(admission, keys=keys, by=second)
        except holders.NoKeyPair:
            raise CommandError(
                f"{colleague} has not opened the vault for the first time."
            ) from None
        except (PermissionDenied, holders.NotUnlocked):
            raise CommandError("These people may not do this for this municipality.") from None
        self.stdout.write(f"{colleague} holds the keys of {place} from now on.")

    def person(self, email: str) -> User:
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no account {email}.")
        return user

    def keys_of(self, user: User) -> unlocking.UnlockedKeys:
        try:
            return unlocking.keys_of(user, passphrase=getpass(f"Passphrase of {user}: "))
        except WrongPassphrase:
            raise CommandError("That passphrase does not open the vault.") from None
        except (unlocking.NoKeysYet, unlocking.SignInChanged):
            raise CommandError(f"{user} holds no keys.") from None
