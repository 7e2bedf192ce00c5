import sys
from argparse import ArgumentParser

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.accounts import audiences
from portal.accounts.models import User
from portal.accounts.services.groups import MANAGED_PREFIXES, sync_groups, wanted_groups
from portal.regions.models import Municipality


class Command(BaseCommand):
    help = "Write what memberships say today into the groups that Wagtail's own admin reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only fail when they differ.")

    def handle(self, *, check: bool, **options: object) -> None:
        places = Municipality.objects.values_list("slug", flat=True)
        names = [*audiences.role_audiences(), *map(audiences.of_municipality, places)]
        missing = set(names) - set(Group.objects.values_list("name", flat=True))
        differing = 0
        people = User.objects.prefetch_related("groups").order_by("pk")
        bar = tqdm(people.iterator(500), total=people.count(), disable=None, file=sys.stderr)
        for user in bar:
            have = {g.name for g in user.groups.all() if g.name.startswith(MANAGED_PREFIXES)}
            if have != wanted_groups(user):
                differing += 1
                if not check:
                    sync_groups(user)
        if check and (missing or differing):
            raise CommandError(f"{len(missing)} group(s) missing, {differing} account(s) differ.")
        if not check:
            Group.objects.bulk_create([Group(name=name) for name in missing])
        self.stdout.write(f"{len(names)} audiences, {differing} account(s) differed.")
