from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldpunt.vault.encryption import (
    NotARecoveryFile,
    case_to_text,
    pair_from_text,
    result_from_text,
)
from meldpunt.vault.services import recovering, unlocking
from meldpunt.vault.services.holders import NoKeyPair
from meldpunt.vault.services.key_state import key_state
from meldpunt.vault.services.rotation import NotASigner
from meldpunt.vault.services.staff_keys import WrongPassphrase
from portal.accounts.models import User
from portal.regions.models import Municipality


class Command(BaseCommand):
    help = (
        "Recovery on paper, the part on the server: put a pair in use, export a case for the "
        "computer without network, and take the result in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        for name, told in DEEDS.items():
            deed = deeds.add_parser(name, help=told)
            deed.add_argument("municipality", help="its slug, such as demodam")
            if name in ("install", "export", "grant"):
                deed.add_argument("file", type=Path)
            if name in ("install", "export"):
                deed.add_argument("--holder", action="append", default=[], help="e-mail address")
            if name == "export":
                deed.add_argument(
                    "--trust-person",
                    action="store_true",
                    help="give the key of the trust person of the region, and no other",
                )

    def handle(self, deed: str, municipality: str, **options: Any) -> None:
        place = Municipality.objects.filter(slug=municipality).first()
        if place is None:
            raise CommandError(f"There is no municipality {municipality!r}.")
        try:
            getattr(self, deed)(place, **options)
        except recovering.NoRecoveryPair:
            raise CommandError(
                f"{place} has no paper sheets yet, or this key is not on them."
            ) from None
        except recovering.WrongMunicipality:
            raise CommandError("This file belongs to another municipality.") from None
        except (NotARecoveryFile, recovering.ResultRefused) as error:
            raise CommandError(str(error)) from None
        except NoKeyPair:
            raise CommandError("Somebody has not chosen a passphrase yet.") from None
        except PermissionDenied:
            raise CommandError(
                "Somebody is not meldpunt staff of this municipality, or would hold the keys of "
                "the desk and of the trust person."
            ) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from None

    def show(self, place: Municipality, **_options: Any) -> None:
        state = key_state(place)
        self.stdout.write(f"{place}: number {place.pk}, {state.holders} holders.")
        made = "made" if state.has_recovery else "not made yet"
        due = ", drill is due" if state.drill_is_due else ""
        self.stdout.write(f"Paper sheets: {made}{due}.")

    def install(self, place: Municipality, file: Path, holder: list[str], **_options: Any) -> None:
        if not holder:
            raise CommandError("Name at least one --holder; name a custodian of names as well.")
        pair = pair_from_text(file.read_text(encoding="utf-8"))
        people = [self.person(email) for email in holder]
        opened = [self.keys_of(one) for one in people]
        held = {(key.municipality, key.key_id): key for keys in opened for key in keys.held}
        keys = unlocking.UnlockedKeys(tuple(held.values()))
        try:
            roles = recovering.install_pair(place, pair, keys=keys, by=people[0])
        except NotASigner:
            raise CommandError("None of these holders has the signing key.") from None
        self.stdout.write(f"The pair is in use. On paper now: {', '.join(roles)}.")
        if "identity" not in roles:
            self.stderr.write("Names of reporters are not: name a custodian with --holder too.")

    def export(
        self,
        place: Municipality,
        file: Path,
        holder: list[str],
        trust_person: bool = False,
        **_options: Any,
    ) -> None:
        people = [self.person(email) for email in holder]
        case = recovering.export_case(place, people, for_trust_person=trust_person)
        with file.open("x", encoding="utf-8") as case_file:
            case_file.write(case_to_text(case))
        self.stdout.write(f"{len(case.wraps)} keys for {len(case.holders)} people in {file}.")

    def grant(self, place: Municipality, file: Path, **_options: Any) -> None:
        result = result_from_text(file.read_text(encoding="utf-8"))
        people = recovering.take_result(place, result, by="system")
        self.stdout.write(f"{', '.join(map(str, people))} can open the vault of {place}.")
        self.stdout.write("The first of them who does makes new keys. Tell the FG today.")
        self.stdout.write("For a trust person: renew that key with meldpunt_trust_person --renew.")

    def drilled(self, place: Municipality, **_options: Any) -> None:
        recovering.note_drill(place, by="system")
        self.stdout.write(f"The drill of {place} is in the audit trail.")

    def person(self, email: str) -> User:
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no account {email}.")
        return user

    def keys_of(self, user: User) -> unlocking.UnlockedKeys:
        try:
            return unlocking.keys_of(user, passphrase=getpass(f"Passphrase of {user}: "))
        except (WrongPassphrase, unlocking.NoKeysYet, unlocking.SignInChanged):
            raise CommandError(f"{user}: no keys opened.") from None


DEEDS = {
    "show": "the number of the municipality and the state of its sheets",
    "install": "put a pair from the ceremony in use; holders type their passphrases",
    "export": "write a case for the computer without network",
    "grant": "give the keys of a result to the new holders",
    "drilled": "note in the audit trail that the sheets were tried today",
}
