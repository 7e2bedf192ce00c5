from argparse import ArgumentParser
from collections.abc import Callable, Iterator
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
        kept = [
            *self.write("Pagina's", "page", sources.all_pages(), indexing.index_page, verbosity),
            *self.write(
                "Documenten",
                "document",
                sources.all_documents(),
                indexing.index_document,
                verbosity,
            ),
            *self.write("Begrippen", "word", sources.all_words(), indexing.index_word, verbosity),
            *self.write(
                "Organisaties",
                "organisation",
                sources.all_organisations(),
                indexing.index_organisation,
                verbosity,
            ),
            *self.write("Agenda", "event", sources.all_events(), indexing.index_event, verbosity),
        ]
        for document in filter(needs_reading, sources.all_documents()):
            jobs.read_document.enqueue(document.pk)
        with transaction.atomic():
            for source in SearchEntry.objects.exclude(source__in=kept).values_list(
                "source", flat=True
            ):
                indexing.forget(source)
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
