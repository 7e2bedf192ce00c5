"""``python -m bench.search_scale``: how search goes with thousands of pages, on each engine.

Fills the database of the settings (give it one of its own: ``DATABASE_URL``) with pages in a Dutch that
nobody wrote: a chain of words out of the demo's texts, with rarer words of the dictionary in between
by Zipf's law. Then asks questions of the database and, when ``SEARCH_ENGINE`` says so, of the server.
"""

import argparse
import itertools
import os
import random
import re
import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

TEXTS = Path(__file__).parents[1] / "home/demo/texts"
SEED = 20261125
WORDS_A_PAGE = (60, 260)
RARE = 0.12  # part of the words that come from the dictionary
QUESTIONS = [
    "draaiboek", "netwerk bevragen", "zorgen", "melding", "jongeren", "advies vragen", "spanning",
    "protest", "vertrouwen", "privacy", "online", "school", "ouders", "training", "buurtoverleg",
    "anoniem melden", '"eerste signaal"', "zorg -politie", "kerk moskee", "radicalisering",
    "subsudie", "wie belt wie", "gemeente beleid wijk", "veiligheidshuis",
]  # fmt: skip


class Writer:
    """Writes texts that hang together word by word and repeat no sentence."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        said = " ".join(path.read_text() for path in sorted(TEXTS.glob("*.nl.md")))
        words = re.findall(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]*[.?!]?", said)
        self.next: dict[str, list[str]] = defaultdict(list)
        for word, after in itertools.pairwise(words):
            self.next[word].append(after)
        self.starts = [word for word in words if word[0].isupper()]
        self.rare = dictionary(self.random)
        self.weights = list(itertools.accumulate(1 / (rank + 30) for rank in range(len(self.rare))))

    def text(self, length: int) -> str:
        """So many words."""
        word = self.random.choice(self.starts)
        out = []
        for _number in range(length):
            out.append(self.rarer() if self.random.random() < RARE else word)
            word = self.random.choice(self.next[word] or self.starts)
        return " ".join(out)

    def rarer(self) -> str:
        """A word of the dictionary; the first ones often, most of them hardly ever."""
        return self.random.choices(self.rare, cum_weights=self.weights)[0]


def dictionary(chance: random.Random) -> list[str]:
    """Sixty thousand Dutch words, in an order by chance."""
    from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

    every = LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary("nl")
    words = sorted(word for word in every if word.isalpha() and word.islower() and len(word) > 4)
    return chance.sample(words, 60_000)


def fill(pages: int) -> float:
    """So many pages with their entries; gives the CPU milliseconds that a page took."""
    from django.db import transaction
    from wagtail.models import Page

    from search.models import SearchEntry
    from search.vocabulary import remember_words

    writer = Writer(SEED)
    have = SearchEntry.objects.count()
    began = time.process_time()
    for start in range(have, pages, 1000):
        with transaction.atomic():
            rows = list(new_pages(range(start, min(start + 1000, pages))))
            made = Page.objects.bulk_create(rows)
            entries = [entry_for(page, writer) for page in made]
            SearchEntry.objects.bulk_create(entries, batch_size=500)
            remember_words(entries)
        print(f"\r{start + len(made)} of {pages}", end="", flush=True)
    print()
    return 1000 * (time.process_time() - began) / max(1, pages - have)


def new_pages(numbers: range) -> Iterator[object]:
    """Pages below the root, each with a place in the tree."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Locale, Page

    kind, locale = ContentType.objects.get_for_model(Page), Locale.get_default()
    for number in numbers:
        yield Page(
            title=f"Bladzijde {number}",
            slug=f"schaal-{number}",
            path="0001" + Page._int2str(number + 10_000).rjust(4, "0"),
            depth=2,
            url_path=f"/schaal-{number}/",
            content_type=kind,
            locale=locale,
        )


def entry_for(page: object, writer: Writer) -> object:
    """An entry as the indexing of a page writes it."""
    from search.indexing import entry_of, key_for
    from search.models import Kind
    from search.sources import Findable

    kinds = [Kind.ARTICLE, Kind.STEP, Kind.NEWS, Kind.MODULE, Kind.PAGE]
    part = Findable(
        kind=writer.random.choice(kinds),
        language="nl",
        title=writer.text(writer.random.randint(3, 8)),
        summary=writer.text(20),
        text=writer.text(writer.random.randint(*WORDS_A_PAGE)),
        url_path=page.url_path,
    )
    keys = ["", "", "", "login", "doelgroep: netwerk"]
    return entry_of(f"page:{page.pk}", 0, part, page, key_for(writer.random.choice(keys)))


def asked(label: str, find: Callable[[str], object], rounds: int) -> None:
    """Ask every question some times and print what it took."""
    for question in QUESTIONS:
        find(question)
    wall, cpu = [], []
    for question in QUESTIONS * rounds:
        began, worked = time.perf_counter(), time.process_time()
        find(question)
        wall.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - worked))
    cuts = statistics.quantiles(wall, n=100)
    print(
        f"{label:26}{statistics.mean(cpu):9.1f}{cuts[49]:9.1f}{cuts[94]:9.1f}{cuts[98]:9.1f}"
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:9.0f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import AnonymousUser
    from django.core.management import call_command
    from django.db import connection

    from search import engine
    from search.elastic.connection import BREAKER
    from search.elastic.sending import rebuild
    from search.models import SearchEntry

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    cost = fill(options.pages)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE search_searchentry")
            cursor.execute("ANALYZE wagtailcore_page")
    print(f"{SearchEntry.objects.count()} entries; {cost:.1f} CPU ms to write one")
    print(f"{'engine':26}{'CPU ms':>9}{'p50':>9}{'p95':>9}{'p99':>9}{'MB':>9}")

    def find(question: str) -> object:
        return engine.find(question, user=AnonymousUser())

    BREAKER.open_until = time.monotonic() + 10_000
    asked(connection.vendor, find, options.rounds)
    if settings.SEARCH_ENGINE != "database":
        BREAKER.reset()
        began = time.perf_counter()
        rebuild()
        speed = SearchEntry.objects.count() / (time.perf_counter() - began)
        asked(settings.SEARCH_ENGINE, find, options.rounds)
        print(f"{speed:.0f} entries a second into {settings.SEARCH_ENGINE}")


if __name__ == "__main__":
    main()
