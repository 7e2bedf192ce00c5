import time
from argparse import ArgumentParser

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Print the one-time code of a demo account (demo mode only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("account", help="The e-mail address, or the part before @.")

    def handle(self, *, account: str, **options: object) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("One-time codes are printed in demo mode only.")
        address = account if "@" in account else f"{account}@lindekade.example"
        factor = Authenticator.objects.filter(
            user__email__iexact=address, type=Authenticator.Type.TOTP
        ).first()
        if factor is None:
            raise CommandError(f"{address} has no authenticator app.")
        secret = get_adapter().decrypt(factor.data["secret"])
        counter = int(time.time()) // app_settings.TOTP_PERIOD
        self.stdout.write(format_hotp_value(hotp_value(secret, counter)))
