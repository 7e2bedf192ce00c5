from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Site

from portal.pages.services import set_up_editorial


class Command(BaseCommand):
    help = "Make the groups, collections and workflow of editors. Safe to run again."

    def handle(self, **options: object) -> None:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None:
            raise CommandError("There is no site yet: make the front page first.")
        names = set_up_editorial(home=site.root_page)
        self.stdout.write(f"{len(names)} groups of editors are ready.")
