import sys
from collections.abc import Iterator

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from search import sources
from search.changes import is_kept
from search.elastic.connection import EngineDown
from search.elastic.sending import problems
from search.full_text import full_text
from search.models import Change, SearchEntry


class Command(BaseCommand):
    help = "Compare what is published with what can be found. Exit code 1 when they differ."

    def handle(self, **options: object) -> None:
        expected = {
            f"{name}:{one.pk}": str(one)
            for name, every in sources.EVERYTHING.items()
            for one in every()
        }
        found = dict(SearchEntry.objects.filter(part=0).values_list("source", "title"))
        problems = [
            *(f"missing: {key} {expected[key]}" for key in expected.keys() - found.keys()),
            *(f"too much: {key} {found[key]}" for key in found.keys() - expected.keys()),
            *full_text().problems(),
            *self.engine_problems(),
        ]
        self.stdout.write(f"{connection.vendor}: {len(expected)} published, {len(found)} findable.")
        for problem in sorted(problems):
            self.stdout.write(problem)
        if problems:
            self.stdout.write("Run rebuild_search.")
            sys.exit(1)

    def engine_problems(self) -> Iterator[str]:
        """What is wrong with the server beside the database, when there should be one."""
        if not is_kept():
            return
        waiting = Change.objects.filter(was_sent=False).order_by("pk").first()
        if waiting:
            self.stdout.write(
                f"{settings.SEARCH_ENGINE}: changes wait since {waiting.at:%H:%M:%S}."
            )
        try:
            yield from problems()
        except EngineDown as error:
            yield f"{settings.SEARCH_ENGINE} does not answer: {error}"
