import sys

from django.core.management.base import BaseCommand
from django.db import connection

from search import sources
from search.full_text import full_text
from search.models import SearchEntry


class Command(BaseCommand):
    help = "Compare what is published with what can be found. Exit code 1 when they differ."

    def handle(self, **options: object) -> None:
        expected = {
            **{f"page:{page.pk}": str(page) for page in sources.all_pages()},
            **{f"word:{word.pk}": str(word) for word in sources.all_words()},
        }
        found = dict(SearchEntry.objects.filter(part=0).values_list("source", "title"))
        problems = [
            *(f"missing: {key} {expected[key]}" for key in expected.keys() - found.keys()),
            *(f"too much: {key} {found[key]}" for key in found.keys() - expected.keys()),
            *full_text().problems(),
        ]
        self.stdout.write(f"{connection.vendor}: {len(expected)} published, {len(found)} findable.")
        for problem in sorted(problems):
            self.stdout.write(problem)
        if problems:
            self.stdout.write("Run rebuild_search.")
            sys.exit(1)
