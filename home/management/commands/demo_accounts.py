from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo import people
from portal.accounts.models import User


class Command(BaseCommand):
    help = "Print the demo accounts with their password and the secrets of their second factor."

    def handle(self, **options: object) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Demo accounts exist in demo mode only.")
        users = {user.email: user for user in User.objects.all()}
        self.stdout.write(f"Wachtwoord van elk demo-account: {people.PASSWORD}")
        self.stdout.write("Eenmalige code: manage.py demo_code <account>\n")
        for person in people.everybody():
            if person.email in users:
                secret = people.second_factor_of(users[person.email])
                where = person.place or "hele regio"
                self.stdout.write(f"  {person.email:48} {where:12} {secret}")
