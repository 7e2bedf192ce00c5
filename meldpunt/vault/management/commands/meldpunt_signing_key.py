from getpass import getpass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from meldpunt.vault.services import ceremonies, signing_keys, unlocking
from meldpunt.vault.services.holders import public_half_of
from meldpunt.vault.services.rotation import NotASigner
from meldpunt.vault.services.staff_keys import WrongPassphrase
from meldpunt.vault.services.trust import NoTrustedKey
from portal.accounts.models import User
from portal.regions.models import Municipality


class Command(BaseCommand):
    help = (
        "Make another signing key for a municipality, because a holder has left who knew it. The "
        "region root signs it; a holder types the passphrase. What was signed before stays valid."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("municipality", help="its slug, such as demodam")
        parser.add_argument("--root-key-file", type=Path, required=True)
        parser.add_argument("--holder", required=True, help="e-mail address of who does this")
        parser.add_argument(
            "--drill", action="store_true", help="go through all of it and change nothing"
        )

    def handle(
        self, municipality: str, root_key_file: Path, holder: str, drill: bool, **options: object
    ) -> None:
        place = Municipality.objects.filter(slug=municipality).first()
        if place is None:
            raise CommandError(f"There is no municipality {municipality!r}.")
        person = User.objects.filter(email__iexact=holder, is_active=True).first()
        if person is None:
            raise CommandError(f"There is no account {holder}.")
        root = self.root(root_key_file)
        keys = self.keys_of(person)
        self.compare_marks(place)
        try:
            with transaction.atomic():
                self.renew(place, root, keys, person)
                transaction.set_rollback(drill)
        except ceremonies.NotTheRegionRoot:
            raise CommandError("This is not the root that the settings pin.") from None
        except NotASigner:
            raise CommandError(f"{person} does not hold the signing key of {place}.") from None
        except NoTrustedKey:
            raise CommandError(
                "A key in use is not signed by the present signing key. Stop, and call the FG."
            ) from None
        if drill:
            self.stdout.write(self.style.SUCCESS("All of it works. Nothing was changed."))
        else:
            self.stdout.write(self.style.SUCCESS(f"{place} has a new signing key."))
            self.stdout.write("Colleagues with an open vault type their passphrase again.")
        self.stdout.write("Put the file with the region root back in the safe, and take it off")
        self.stdout.write("this machine. Check the result with: manage.py meldpunt_check")

    def compare_marks(self, place: Municipality) -> None:
        """Whoever left could have put a pair of their own in the place of a colleague's."""
        for person in signing_keys.vouched_holders(place):
            self.stdout.write(f"{person}: mark of the key {public_half_of(person).fingerprint}")
        self.stdout.write("Call each of them: the page Sleutels shows them the same mark.")
        if input("Are the marks the same? Type yes: ").strip().lower() not in ("yes", "ja"):
            raise CommandError("Stopped. Nothing was changed.")

    def renew(
        self,
        place: Municipality,
        root: ceremonies.SigningKey,
        keys: unlocking.UnlockedKeys,
        person: User,
    ) -> None:
        self.stdout.write("1 of 2: a new signing key, and its signature on what is in use.")
        renewed = signing_keys.renew_signing_key(place, root=root, keys=keys, by=person)
        self.stdout.write("2 of 2: new keys for reports and names.")
        for key in renewed.held:
            if key.municipality == place.pk and keys.find(key.key_id) is None:
                self.stdout.write(
                    f"  {key.role}, epoch {key.epoch}: {key.private.public().fingerprint}"
                )

    def keys_of(self, person: User) -> unlocking.UnlockedKeys:
        try:
            return unlocking.keys_of(person, passphrase=getpass(f"Passphrase of {person}: "))
        except (WrongPassphrase, unlocking.NoKeysYet, unlocking.SignInChanged):
            raise CommandError(f"{person}: no keys opened.") from None

    def root(self, path: Path) -> ceremonies.SigningKey:
        try:
            return ceremonies.SigningKey.from_text(path.read_text(encoding="ascii").strip())
        except (OSError, ValueError):
            raise CommandError(f"{path} does not hold a region root.") from None
