from getpass import getpass

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldpunt.reports.services import trust_person
from meldpunt.vault.services import unlocking
from meldpunt.vault.services.holders import NoKeyPair
from meldpunt.vault.services.staff_keys import WrongPassphrase
from portal.accounts.models import User
from portal.regions.models import Municipality


class Command(BaseCommand):
    help = (
        "Make the key for reports about the municipality's own people. The trust person of the "
        "region and a deputy hold it, and nobody of the desk; a holder signs it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("people", nargs="+", help="e-mail addresses: trust person and deputy")
        parser.add_argument("--municipality", required=True)
        parser.add_argument("--signed-by", required=True, help="e-mail address of a holder")
        parser.add_argument(
            "--renew", action="store_true", help="somebody left, or the paper sheets were used"
        )

    def handle(self, people: list[str], renew: bool = False, **options: str) -> None:
        place = Municipality.objects.filter(slug=options["municipality"]).first()
        if place is None:
            raise CommandError(f"There is no municipality {options['municipality']!r}.")
        holder = self.person(options["signed_by"])
        try:
            keys = unlocking.keys_of(holder, passphrase=getpass(f"Passphrase of {holder}: "))
            deed = (
                trust_person.renew_trust_person_key if renew else trust_person.make_trust_person_key
            )
            deed(place, people=[self.person(one) for one in people], keys=keys, by=holder)
        except (WrongPassphrase, unlocking.NoKeysYet, trust_person.NoSigningKey):
            raise CommandError(f"{holder} can't open the keys of {place}.") from None
        except trust_person.KeyExists:
            raise CommandError(f"{place} has a trust person already; add --renew.") from None
        except trust_person.NoTrustedKey:
            raise CommandError(f"{place} has no trust person yet; leave --renew away.") from None
        except NoKeyPair:
            raise CommandError("Somebody has not opened the vault for the first time.") from None
        except PermissionDenied:
            raise CommandError(
                "Each of them needs a role at this meldpunt, and may not hold its own key."
            ) from None
        self.stdout.write(f"Reports about people of {place} go to {', '.join(people)}.")
        if renew:
            self.stdout.write(
                "Older reports follow when one of them who was there opens the vault."
            )

    def person(self, email: str) -> User:
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no account {email}.")
        return user
