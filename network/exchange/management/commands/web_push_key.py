from django.core.management.base import BaseCommand

from portal.push.messages import new_private_key


class Command(BaseCommand):
    help = "Print a new key for WEB_PUSH_PRIVATE_KEY; it is kept nowhere."

    def handle(self, **options: object) -> None:
        self.stdout.write(new_private_key())
