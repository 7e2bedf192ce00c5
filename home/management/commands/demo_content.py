import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from home.demo.agenda import make_agenda
from home.demo.figures import make_figures
from home.demo.network import make_network
from home.demo.pages import DemoPages, make_glossary
from home.demo.people import make_people
from home.demo.pictures import make_pictures
from home.demo.region import make_region, make_themes
from home.demo.texts import read_texts
from home.demo.training import make_learners
from home.demo.tree import make_menus, make_sections
from home.models import HomePage


class Command(BaseCommand):
    help = "Load the fictional region Lindekade: places, people and pages. Does nothing twice."

    @transaction.atomic  # all of it or nothing: a half demo would never be finished
    def handle(self, **options: object) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Demo content belongs in demo mode only (portal.settings.demo).")
        if HomePage.objects.exists():
            self.stdout.write("The demo content is there already.")
            return
        places = make_region()
        call_command("sync_roles", verbosity=0)
        people = make_people(places)
        sections = make_sections()
        themes = make_themes()
        pages = DemoPages(sections, themes, make_pictures(), places)
        total = len(list(read_texts()))
        made = list(tqdm(pages.make(), total=total, unit="page", disable=None, file=sys.stderr))
        network = make_network(places, themes)
        words = make_glossary()
        events = make_agenda(places)
        learners = make_learners(places)
        make_figures(places)
        make_menus(sections, pages.pages)
        self.stdout.write(
            f"{len(people)} people, {len(made)} pages, "
            f"{len(network.cards)} organisations, {words} words, {events} events, "
            f"{learners} learners."
        )
