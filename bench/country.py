"""A country: a section for each municipality, accounts, and pages in a Dutch that nobody wrote.

A chain of words out of the demo's texts, with rarer words of the dictionary in between by Zipf's law:
so texts hang together word by word, repeat no sentence, and hold as many different words as real ones.
"""

import itertools
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path as File
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from bench.content import lay_base
from home.demo.tree import close
from home.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from knowledge.library.models import (
    ArticlePage,
    HelpIndexPage,
    HelpServicePage,
    InterventionPage,
    LibraryIndexPage,
)
from knowledge.runbooks.models import HelpSheetPage, RunbookIndexPage
from knowledge.training.models import ModulePage, TrainingIndexPage
from portal.accounts import audiences
from portal.accounts.models import Membership, User
from portal.accounts.services.groups import sync_groups
from portal.pages.services import set_up_editorial
from portal.pages.services.editorial import allow
from portal.regions.models import Municipality, Region
from search.full_text.postgresql import INDEXED, TABLE
from search.indexing import index_pages

TEXTS = File(__file__).parents[1] / "home/demo/texts"
SEED = 20261125
WORDS_A_PAGE = (60, 260)
RARE = 0.12  # part of the words that come from the dictionary
AT_ONCE = 500
MANY = 20_000
READER, EVERYWHERE, CHIEF = "lezer@land.example", "overal@land.example", "eind@land.example"
# Of a hundred pages so many are of each kind.
MIX: dict[type[Page], int] = {
    ArticlePage: 70,
    NewsPage: 15,
    InterventionPage: 5,
    HelpServicePage: 4,
    HelpSheetPage: 2,
    ModulePage: 1,
    StandardPage: 3,
}
SECTIONS: dict[type[Page], type[Page]] = {
    NewsPage: NewsIndexPage,
    HelpServicePage: HelpIndexPage,
    HelpSheetPage: RunbookIndexPage,
    ModulePage: TrainingIndexPage,
    StandardPage: HomePage,
}


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

    def body(self) -> str:
        """A text with a heading, as the editor stores it."""
        half = self.random.randint(*WORDS_A_PAGE) // 2
        blocks = [
            ("text", f"<p>{self.text(half)}</p>"),
            ("heading", self.text(4)),
            ("text", f"<p>{self.text(half)}</p>"),
        ]
        return json.dumps(
            [{"type": kind, "value": value, "id": str(uuid4())} for kind, value in blocks]
        )


def dictionary(chance: random.Random) -> list[str]:
    """Sixty thousand Dutch words, in an order by chance."""
    from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

    every = LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary("nl")
    words = sorted(word for word in every if word.isalpha() and word.islower() and len(word) > 4)
    return chance.sample(words, 60_000)


@transaction.atomic
def lay_country(municipalities: int, accounts: int) -> None:
    """The demo's pages, a section with a closed part for each municipality, editors and readers."""
    lay_base()
    places = make_places(municipalities)
    home = HomePage.objects.get(locale__language_code="nl", depth=2)
    library = LibraryIndexPage.objects.get(slug="kennisbank", locale__language_code="nl")
    set_up_editorial(home=home)
    groups = {group.name: group for group in group_model().objects.all()}
    for place in places:
        library = LibraryIndexPage.objects.get(pk=library.pk)
        section = library.add_child(instance=section_of(place, place.name, library))
        inside = section.add_child(instance=section_of(place, "Intern", library))
        close(inside, [audiences.of_municipality(place.slug)])
        for deed in ("add", "change"):
            allow(groups[f"redactie: {place.slug}"], section, deed)
    make_people(places, accounts)


def group_model() -> type[Any]:
    """Django's groups."""
    return User._meta.get_field("groups").related_model


def section_of(place: Municipality, title: str, library: LibraryIndexPage) -> LibraryIndexPage:
    """A section that is not there yet."""
    slug = "intern" if title == "Intern" else place.slug
    return LibraryIndexPage(title=title, slug=slug, municipality=place, locale=library.locale)


def make_places(number: int) -> list[Municipality]:
    """So many municipalities."""
    region = Region.objects.get()
    for count in range(number):
        Municipality.objects.get_or_create(
            slug=f"plaats-{count}", defaults={"region": region, "name": f"Plaats {count}"}
        )
    return list(Municipality.objects.filter(slug__startswith="plaats-"))


def make_people(places: list[Municipality], number: int) -> None:
    """Accounts with one role each, and three with names: a reader, an editor everywhere, a chief."""
    draw, until = random.Random(SEED), timezone.localdate() + timedelta(days=300)
    people = User.objects.bulk_create(
        [User(email=f"a{count}@land.example", name=f"Account {count}") for count in range(number)],
        batch_size=5000,
    )
    Membership.objects.bulk_create(
        [
            Membership(user=person, municipality=draw.choice(places), role=role, valid_until=until)
            for person, role in zip(
                people, itertools.cycle(["professional"] * 9 + ["redacteur"]), strict=False
            )
        ],
        batch_size=5000,
    )
    for email, role, where in (
        (READER, "professional", places[:1]),
        (EVERYWHERE, "redacteur", places),
        (CHIEF, "eindredacteur", [None]),
    ):
        person = User.objects.create_user(email, None, name="Iemand")
        Membership.objects.bulk_create(
            Membership(user=person, municipality=place, role=role, valid_until=until)
            for place in where
        )
        sync_groups(person)


def grow_to(pages: int) -> dict[str, float]:
    """As many pages as asked for, each found at once; says what one took to write and to index."""
    have = Page.objects.count()
    writer, shelves = Writer(SEED + have), Shelves()
    spent = {"rows": 0.0, "index": 0.0}
    with many_rows(pages - have):
        for start in range(have, pages, AT_ONCE):
            drafts = [shelves.page(writer) for _number in range(min(AT_ONCE, pages - start))]
            began = time.process_time()
            with transaction.atomic():
                made = insert(drafts)
                half = time.process_time()
                index_pages(made)
            spent["rows"] += half - began
            spent["index"] += time.process_time() - half
    shelves.count_children()
    return {name: 1000 * seconds / max(1, pages - have) for name, seconds in spent.items()}


@contextmanager
def many_rows(number: int) -> Iterator[None]:
    """PostgreSQL makes its indexes of words faster at once, when very many rows come in."""
    names = INDEXED if connection.vendor == "postgresql" and number > MANY else ()
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP INDEX search_{name}")
        yield
        for name in names:
            cursor.execute(f"CREATE INDEX search_{name} ON {TABLE} USING gin ({name})")


class Shelves:
    """Says where the next page goes; the places in the tree are given out here, not asked for."""

    def __init__(self) -> None:
        self.draw = random.Random(SEED)
        self.sections = list(LibraryIndexPage.objects.filter(slug__startswith="plaats-"))
        self.others = {
            kind: model.objects.filter(locale__language_code="nl").order_by("depth").first()
            for kind, model in SECTIONS.items()
        }
        self.used: dict[int, int] = {}
        self.now = timezone.now()
        self.kinds = {model: ContentType.objects.get_for_model(model) for model in MIX}

    def page(self, writer: Writer) -> Page:
        """A published page that is not stored yet."""
        model = self.draw.choices(list(MIX), weights=list(MIX.values()))[0]
        parent = self.others.get(model) or self.draw.choice(self.sections)
        number = self.next_number(parent)
        moment = self.now - timedelta(hours=self.draw.randrange(20_000))
        slug = f"blad-{number}"
        page = model(
            title=writer.text(self.draw.randint(3, 8))[:200],
            slug=slug,
            path=Page._get_path(parent.path, parent.depth + 1, number),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{slug}/",
            live=True,
            content_type=self.kinds[model],
            locale_id=parent.locale_id,
            first_published_at=moment,
            last_published_at=moment,
            summary=writer.text(20)[:300],
            body=writer.body(),
        )
        page.draft_title = page.title
        if parent in self.sections:
            page.municipality_id = parent.municipality_id
        if isinstance(page, NewsPage):
            page.published_on = moment.date()
        return page

    def next_number(self, parent: Page) -> int:
        """The next place below a page."""
        if parent.pk not in self.used:
            last = parent.get_last_child()
            self.used[parent.pk] = Page._str2int(last.path[-Page.steplen :]) if last else 0
        self.used[parent.pk] += 1
        return self.used[parent.pk]

    def count_children(self) -> None:
        """Let each parent know how many pages stand below it."""
        for pk in self.used:
            parent = Page.objects.get(pk=pk)
            Page.objects.filter(pk=pk).update(numchild=parent.get_children().count())


def insert(drafts: list[Page]) -> list[Page]:
    """Store pages of any kind, some statements for all of them; ``add_child`` takes one at a time."""
    bases = Page.objects.bulk_create(
        [
            Page(
                **{
                    field.attname: getattr(page, field.attname)
                    for field in Page._meta.concrete_fields
                }
            )
            for page in drafts
        ]
    )
    for page, base in zip(drafts, bases, strict=True):
        page.pk = page.id = page.page_ptr_id = base.pk
        page._state.adding = False
    for model in {type(page) for page in drafts}:
        rows = [page for page in drafts if type(page) is model]
        model._base_manager._insert(rows, fields=model._meta.local_concrete_fields, using="default")
    return drafts


def addresses_by_kind() -> Iterator[tuple[str, str]]:
    """The kind and the address of one page of each kind that the generator makes, and of each list."""
    for model in (*MIX, *dict.fromkeys(SECTIONS.values()), LibraryIndexPage):
        pages = model.objects.live().filter(locale__language_code="nl")
        made = pages.filter(slug__startswith="blad-").order_by("pk").first()
        page = made or pages.order_by("depth", "pk").first()
        yield model.__name__, page.get_url() or "/"
