from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from search import indexing, sources
from search.models import AccessKey, SearchEntry


class Command(BaseCommand):
    help = "Write everything that can be found anew. Visitors keep searching meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only-when-empty", action="store_true", help="Do nothing when there are entries."
        )

    def handle(self, *, verbosity: int, only_when_empty: bool = False, **options: object) -> None:
        if only_when_empty and SearchEntry.objects.exists():
            return
        kept = [
            *self.write("Pagina's", "page", sources.all_pages(), indexing.index_page, verbosity),
            *self.write("Begrippen", "word", sources.all_words(), indexing.index_word, verbosity),
        ]
        with transaction.atomic():
            SearchEntry.objects.exclude(source__in=kept).delete()
            AccessKey.objects.filter(entries=None).delete()
        if verbosity:
            self.stdout.write(f"{SearchEntry.objects.count()} entries.")

    def write(
        self,
        label: str,
        name: str,
        things: Iterator[Any],
        index: Callable[[Any], int],
        verbosity: int,
    ) -> Iterator[str]:
        """Index each thing, with a progress bar for people; gives what stays."""
        for thing in tqdm(things, label, disable=None if verbosity else True, unit=""):
            index(thing)
            yield f"{name}:{thing.pk}"
