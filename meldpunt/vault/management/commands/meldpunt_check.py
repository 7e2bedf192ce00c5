from django.core.management.base import BaseCommand, CommandError

from meldpunt.vault.models import PublicKeyRecord
from meldpunt.vault.process_secrets import SecretsMissing
from meldpunt.vault.services import holders
from meldpunt.vault.services.key_state import signing_is_due
from meldpunt.vault.services.readiness import vault_is_ready
from meldpunt.vault.services.trust import KeyRole, NoTrustedKey, signer_of, verified
from portal.regions.models import Municipality


class Command(BaseCommand):
    help = "Tell for every municipality whether its meldpunt is open, and whether its keys hold."

    def handle(self, **options: object) -> None:
        sound = True
        for place in Municipality.objects.all():
            rows = PublicKeyRecord.objects.filter(municipality=place, is_current=True)
            if not rows.exists():
                self.stdout.write(f"{place}: no keys yet.")
                continue
            for row in rows.exclude(role=KeyRole.SIGNING):
                sound = self.tell_key(row) and sound
            sound = self.tell_older(place) and sound
            if signing_is_due(place):
                self.stdout.write(
                    self.style.WARNING("  A holder has left who knew the signing key; renew it.")
                )
            if rows.filter(role=KeyRole.TRUSTED_PERSON, was_withdrawn=True).exists():
                self.stdout.write(
                    self.style.WARNING("  The key of the trust person must be renewed.")
                )
            count = holders.active_holders(place).count()
            state = "open" if holders.desk_is_open(place) else "closed"
            self.stdout.write(f"{place}: {state}, {count} active holders.")
            if holders.zone_must_be_confirmed(place):
                self.stdout.write(
                    self.style.WARNING("  The DPIA was confirmed more than a year ago; look again.")
                )
            if holders.keys_are_at_risk(place):
                self.stdout.write(
                    self.style.WARNING("  Key risk: too few holders, or one is away.")
                )
        if not (vault_is_ready() and sound):
            raise CommandError("The vault is not ready.")
        self.stdout.write(self.style.SUCCESS("The vault is ready."))

    def tell_older(self, place: Municipality) -> bool:
        """What is in use no longer was signed in its time, by a key that the root vouches for."""
        rows = PublicKeyRecord.objects.filter(municipality=place, is_current=False)
        for row in rows.exclude(role=KeyRole.SIGNING):
            if signer_of(row) is None:
                self.stdout.write(
                    self.style.ERROR(f"  {row.role}, epoch {row.epoch}: nobody signed this")
                )
                return False
        return True

    def tell_key(self, row: PublicKeyRecord) -> bool:
        try:
            key = verified(row)
        except (NoTrustedKey, SecretsMissing) as error:
            self.stdout.write(self.style.ERROR(f"  {row.role}: refused ({error})"))
            return False
        last_day = row.signed.record.not_after
        self.stdout.write(
            f"  {row.role}, epoch {row.epoch}: {key.fingerprint}, suite {key.suite:#04x}, "
            f"until {last_day}"
        )
        return True
