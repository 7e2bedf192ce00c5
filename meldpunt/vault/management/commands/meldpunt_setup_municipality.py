from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldpunt.vault.process_secrets import SecretsMissing
from meldpunt.vault.services import ceremonies
from meldpunt.vault.services.holders import NoKeyPair, chain_of
from portal.accounts.models import User
from portal.audit import sealing
from portal.regions.models import Municipality


class Command(BaseCommand):
    help = (
        "Make the keys of one municipality and give them to its holders. Each holder needs the "
        "role of meldpunt staff and a key pair (made at the first visit to the vault)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("municipality", help="its slug, such as demodam")
        parser.add_argument("--root-key-file", type=Path, required=True)
        parser.add_argument(
            "--holder", action="append", default=[], help="e-mail address; give two or more"
        )
        parser.add_argument(
            "--custodian",
            action="append",
            default=[],
            help="who may open a reporter's name; best other people than the holders",
        )

    def handle(self, municipality: str, **options: object) -> None:
        place = Municipality.objects.filter(slug=municipality).first()
        if place is None:
            raise CommandError(f"There is no municipality {municipality!r}.")
        holders = [self.person(email) for email in options["holder"]]  # type: ignore[attr-defined]
        custodians = [self.person(email) for email in options["custodian"]]  # type: ignore[attr-defined]
        if not custodians:
            self.stderr.write("No custodian named: the holders can open a reporter's name too.")
        root = self.root(options["root_key_file"])  # type: ignore[arg-type]
        self.make(place, root, holders, custodians or holders)
        self.stdout.write(f"{place}: keys made, for {len(holders)} holders.")
        self.begin_sealing(place)
        self.stdout.write("Put the file with the region root back in the safe, and take it off")
        self.stdout.write("this machine. Check the result with: manage.py meldpunt_check")

    def make(
        self,
        place: Municipality,
        root: ceremonies.SigningKey,
        holders: list[User],
        custodians: list[User],
    ) -> None:
        try:
            ceremonies.make_municipality_keys(
                place, root=root, holders=holders, custodians=custodians, by="system"
            )
        except ceremonies.KeysExist:
            raise CommandError(f"{place} has its keys already.") from None
        except ceremonies.NotTheRegionRoot:
            raise CommandError("This is not the root that the settings pin.") from None
        except ceremonies.TooFewHolders:
            raise CommandError(
                "Name two holders or more, each with the role of meldpunt staff here."
            ) from None
        except NoKeyPair:
            raise CommandError(
                "Somebody has no key pair yet: first open /werkplek/meldingen/kluis/."
            ) from None
        except SecretsMissing as error:
            raise CommandError(str(error)) from None

    def begin_sealing(self, place: Municipality) -> None:
        """From now on nobody changes this municipality's trail unseen."""
        try:
            first = sealing.begin(chain_of(place))
        except sealing.SealedAlready:
            return
        self.stdout.write(f"First key of the audit trail, for the FG on paper: {first.hex()}")

    def person(self, email: str) -> User:
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no account {email}.")
        return user

    def root(self, path: Path) -> ceremonies.SigningKey:
        try:
            return ceremonies.SigningKey.from_text(path.read_text(encoding="ascii").strip())
        except (OSError, ValueError):
            raise CommandError(f"{path} does not hold a region root.") from None
