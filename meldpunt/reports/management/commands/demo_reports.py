import secrets
import sys
from contextlib import suppress

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from meldpunt.reports.management.demo_desk import Desk
from meldpunt.reports.management.demo_people import STAFF, TRUSTED, staff_of
from meldpunt.reports.services.trust_person import make_trust_person_key
from meldpunt.vault import process_secrets
from meldpunt.vault.models import PublicKeyRecord
from meldpunt.vault.services import unlocking
from meldpunt.vault.services.ceremonies import SigningKey, make_municipality_keys
from meldpunt.vault.services.holders import chain_of
from meldpunt.vault.services.staff_keys import make_staff_key, new_passphrase
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.models import User
from portal.audit import sealing
from portal.regions.models import Municipality


class Command(BaseCommand):
    help = "Keys, passphrases and invented reports for the meldpunten of the demo."

    def handle(self, **options: object) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Demo reports exist in demo mode only.")
        if not PublicKeyRecord.objects.exists():
            self.make()
        elif not process_secrets.are_present():
            raise CommandError("There are keys, and the file with their secrets is gone.")
        self.tell()

    def make(self) -> None:
        places = list(Municipality.objects.filter(slug__in=STAFF))
        people = {place: staff_of(place) for place in places}
        trusted = {place: staff_of(place, TRUSTED) for place in places}
        everybody = [*people.values(), *trusted.values()]
        root = self.write_secrets([one for staff in everybody for one in staff])
        phrases = process_secrets.demo_notes()["passphrases"]
        codes: dict[str, str] = {}
        for place, staff in tqdm(people.items(), unit="meldpunt", disable=None, file=sys.stderr):
            for person in staff:
                make_staff_key(person, passphrase=phrases[person.email])
            make_municipality_keys(place, root=root, holders=staff, custodians=staff, by="system")
            keys = [unlocking.keys_of(person, passphrase=phrases[person.email]) for person in staff]
            self.make_trusted(place, trusted[place], keys[0], by=staff[0])
            codes |= Desk(place, staff, keys).play()
            with suppress(sealing.SealedAlready):  # left from an older demo
                sealing.begin(chain_of(place))
        process_secrets.add_demo_notes(codes=codes)

    def make_trusted(
        self, place: Municipality, people: list[User], keys: UnlockedKeys, *, by: User
    ) -> None:
        """The trust person of the region, where the demo has one."""
        phrases = process_secrets.demo_notes()["passphrases"]
        for person in people:
            make_staff_key(person, passphrase=phrases[person.email])
        if people:
            make_trust_person_key(place, people=people, keys=keys, by=by)

    def write_secrets(self, people: list[User]) -> SigningKey:
        """The demo's file; the private root signs once and is kept nowhere (meldpunt.md 5.2)."""
        root = SigningKey.new()
        try:
            process_secrets.write_demo_file(
                {
                    "MELDPUNT_WEB_PEPPER": secrets.token_hex(32),
                    "MELDPUNT_STAFF_PEPPER": secrets.token_hex(32),
                    "MELDPUNT_RECEIPT_KEY": SigningKey.new().material.hex(),
                    "MELDPUNT_AUDIT_KEY": SigningKey.new().material.hex(),
                    "MELDPUNT_ROOT_KEY": root.public().material.hex(),
                    "passphrases": {person.email: new_passphrase() for person in people},
                }
            )
        except FileExistsError:
            raise CommandError(
                f"{settings.MELDPUNT_SECRETS_FILE} is left from an older demo. "
                "Start over with make demo-reset."
            ) from None
        return root

    def tell(self) -> None:
        notes = process_secrets.demo_notes()
        self.stdout.write("\nKluis openen (/werkplek/meldingen/), na het inloggen:")
        for email, phrase in notes["passphrases"].items():
            self.stdout.write(f"  {email:48} {phrase}")
        self.stdout.write("\nMeldcodes van verzonnen melders (/meldpunt/code/):")
        for where, code in notes["codes"].items():
            self.stdout.write(f"  {code}  {where}")
