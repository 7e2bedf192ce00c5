from argparse import ArgumentParser

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import User
from search.explaining import explain


class Command(BaseCommand):
    help = "Tell why an address is found for a question, or not, and where it ranks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("question")
        parser.add_argument("address", help="Such as /kennisbank/ouderkring/ or /boek/#stap-4")
        parser.add_argument("--as", dest="email", help="E-mail address of who would ask.")
        parser.add_argument("--language", choices=["nl", "en"], default="nl")

    def handle(
        self, *, question: str, address: str, language: str, email: str | None, **options: object
    ) -> None:
        user = User.objects.filter(email=email).first() if email else AnonymousUser()
        if user is None:
            raise CommandError(f"There is no account {email}.")
        for line in explain(question, address, user=user, language=language):
            self.stdout.write(line)
