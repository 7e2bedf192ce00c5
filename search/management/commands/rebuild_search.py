from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from search import indexing, jobs, sources
from search.changes import is_kept
from search.documents import needs_reading
from search.elastic.connection import EngineDown
from search.elastic.sending import rebuild
from search.models import AccessKey, SearchEntry
from search.vocabulary import forget_unused_words

AT_ONCE = 100
LABELS = {
    "page": "Pagina's",
    "document": "Documenten",
    "word": "Begrippen",
    "organisation": "Organisaties",
    "person": "Mensen",
    "event": "Agenda",
}


class Command(BaseCommand):
    help = "Write everything that can be found anew. Visitors keep searching meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only-when-empty", action="store_true", help="Do nothing when there are entries."
        )
        parser.add_argument(
            "--only-engine",
            action="store_true",
            help="Send the entries as they are to a new index of Elasticsearch or OpenSearch.",
        )

    def handle(
        self,
        *,
        verbosity: int,
        only_when_empty: bool = False,
        only_engine: bool = False,
        **options: object,
    ) -> None:
        if only_when_empty and SearchEntry.objects.exists():
            return
        if not only_engine:
            self.write_entries(verbosity)
        if is_kept():
            self.fill_engine(verbosity)
        if verbosity:
            self.stdout.write(f"{SearchEntry.objects.count()} entries.")

    def write_entries(self, verbosity: int) -> None:
        """Analyse everything again."""
        kept: set[str] = set()
        for name, label in LABELS.items():
            with tqdm(desc=label, disable=None if verbosity else True, unit="") as bar:
                for batch in batches(sources.EVERYTHING[name]()):
                    indexing.index_things(name, batch)
                    kept |= {f"{name}:{thing.pk}" for thing in batch}
                    bar.update(len(batch))
        for document in filter(needs_reading, sources.all_documents()):
            jobs.read_document.enqueue(document.pk)
        with transaction.atomic():
            here = SearchEntry.objects.values_list("source", flat=True).distinct()
            for gone in batches(source for source in here if source not in kept):
                indexing.forget(gone)
            AccessKey.objects.filter(entries=None).delete()
            forget_unused_words()

    def fill_engine(self, verbosity: int) -> None:
        """A new index beside the one that answers, which it replaces when it is full."""
        total = SearchEntry.objects.count()
        with tqdm(total=total, desc="Index", disable=None if verbosity else True, unit="") as bar:
            try:
                rebuild(bar.update)
            except EngineDown as error:
                raise CommandError(f"The search engine does not answer: {error}") from error


def batches(things: Iterable[Any]) -> Iterator[list[Any]]:
    """Some of them at a time."""
    left = iter(things)
    while batch := list(islice(left, AT_ONCE)):
        yield batch
