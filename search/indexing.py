"""Writing the entries: in the transaction of the change itself, so found as soon as published."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Collection, Locale, Page, Site

from knowledge.library.models import GlossaryEntry
from network.directory.models import Organisation, Profile
from network.events.models import Event
from portal.pages.models import PortalDocument, PortalPage
from portal.pages.signal_handlers import content_changed
from portal.pages.visibility import (
    Restriction,
    access_key,
    collection_restrictions,
    page_restrictions,
)
from search.analysis import analyser_for
from search.analysis.words import literal
from search.changes import note
from search.models import AccessKey, SearchEntry
from search.sources import (
    Findable,
    findable_document,
    findable_event,
    findable_organisation,
    findable_parts,
    findable_person,
    findable_word,
    is_findable,
    is_source,
)
from search.vocabulary import remember_words, remember_words_of
from search.word_rules import put_in_force

OFTEN = 3  # a word that an entry says this often is what it is about


@dataclass(frozen=True)
class Source:
    """A thing that is written anew: its parts, and the place in a tree that says who may read it."""

    name: str
    parts: Iterable[Findable]
    page: PortalPage | None = None
    collection: Collection | None = None

    @property
    def path(self) -> str:
        """Where it stands; empty for what stands in no tree."""
        place = self.page or self.collection
        return str(place.path) if place else ""


@transaction.atomic
def index_page(page: PortalPage) -> int:
    """Let a page be found as it is published now; gives the number of its entries."""
    source = f"page:{page.pk}"
    if not page.live or not is_source(page):
        forget([source])
        return 0
    return _write([Source(source, findable_parts(page), page)], page_restrictions())


@transaction.atomic
def index_pages(pages: Sequence[PortalPage]) -> int:
    """The same for some hundreds of pages: what they share is asked once."""
    locales, roots = Locale.objects.in_bulk(), Site.get_site_root_paths()
    for page in pages:
        page.locale = locales[page.locale_id]
        page._wagtail_cached_site_root_paths = roots  # else the cache is asked for each page
    found = [page for page in pages if page.live and is_source(page)]
    forget(f"page:{page.pk}" for page in pages if not (page.live and is_source(page)))
    sources = [Source(f"page:{page.pk}", findable_parts(page), page) for page in found]
    return _write(sources, page_restrictions())


@transaction.atomic
def index_word(entry: GlossaryEntry) -> int:
    """The same for a word explained."""
    source = f"word:{entry.pk}"
    if not entry.live:
        forget([source])
        return 0
    return _write([Source(source, findable_word(entry))])


@transaction.atomic
def index_document(document: PortalDocument) -> int:
    """The same for a file, by who may open its collection."""
    source = Source(
        f"document:{document.pk}", findable_document(document), collection=document.collection
    )
    return _write([source], collection_restrictions())


@transaction.atomic
def refresh_documents() -> None:
    """Write anew who may find documents: a collection was closed, opened or moved."""
    rules = collection_restrictions()
    changed = []
    for entry in SearchEntry.objects.exclude(collection=None).select_related("collection"):
        path = entry.collection.path if entry.collection else ""
        key = key_for(access_key(path, rules, entry.extra_key))
        if entry.access_key_id != key.pk:
            entry.access_key = key
            changed.append(entry)
    SearchEntry.objects.bulk_update(changed, ["access_key"], batch_size=500)
    remember_words_of([entry.pk for entry in changed])
    note(SearchEntry.objects.exclude(collection=None).values_list("source", flat=True))


@transaction.atomic
def index_organisation(card: Organisation) -> int:
    """The same for the card of an organisation; one that stopped or was merged is not found."""
    source = f"organisation:{card.pk}"
    if card.ended_on or card.merged_into_id:
        forget([source])
        return 0
    return _write([Source(source, findable_organisation(card))])


@transaction.atomic
def index_person(profile: Profile) -> int:
    """The same for somebody of the network, as long as they want to be found and may sign in."""
    source = f"person:{profile.pk}"
    if not profile.listed_at or not profile.user.is_active:
        forget([source])
        return 0
    return _write([Source(source, findable_person(profile))])


@transaction.atomic
def index_event(event: Event) -> int:
    """The same for an event; a draft, one that is off, or a series' own is not found."""
    source = f"event:{event.pk}"
    if not is_findable(event):
        forget([source])
        return 0
    return _write([Source(source, findable_event(event))])


def index_things(kind: str, things: Sequence[Any]) -> None:
    """Write some things of one kind anew, by the first word of their source.

    Raises:
        KeyError: There is no such kind.
    """
    if kind == "page":
        index_pages(things)
        return
    ways: dict[str, Callable[[Any], int]] = {
        "document": index_document,
        "word": index_word,
        "organisation": index_organisation,
        "person": index_person,
        "event": index_event,
    }
    for thing in things:
        ways[kind](thing)


def index_source(source: str) -> int:
    """Write the entries of a source anew; nothing when it is gone."""
    kind, _mark, number = source.partition(":")
    if kind == "page":
        page = Page.objects.filter(pk=number).specific().first()
        return index_page(page) if isinstance(page, PortalPage) else 0
    if kind == "word":
        word = GlossaryEntry.objects.filter(pk=number).first()
        return index_word(word) if word else 0
    if kind == "organisation":
        card = Organisation.objects.filter(pk=number).first()
        return index_organisation(card) if card else 0
    if kind == "person":
        profile = Profile.objects.filter(pk=number).select_related("user").first()
        return index_person(profile) if profile else 0
    if kind == "event":
        event = Event.objects.filter(pk=number).first()
        return index_event(event) if event else 0
    document = PortalDocument.objects.filter(pk=number).first()
    return index_document(document) if document else 0


def forget(sources: Iterable[str]) -> None:
    """Let things no longer be found."""
    names = list(sources)
    SearchEntry.objects.filter(source__in=names).delete()
    note(names)


@transaction.atomic
def refresh_branch(path: str) -> None:
    """Write anew who may find the pages at and below ``path``, and where they stand.

    Texts are not analysed again: a branch was closed, opened, moved or got another address. A
    fixed number of queries to read, and one to write for each five hundred entries that changed.
    """
    restrictions = page_restrictions()
    entries = SearchEntry.objects.filter(page__path__startswith=path).order_by("pk")
    places = _places_below(path)
    keys = {key.text: key for key in AccessKey.objects.all()}
    changed = []
    other_rule = []
    sources = []
    for entry in entries.only("pk", "source", "page_id", "extra_key", "url_path", "access_key_id"):
        sources.append(entry.source)
        page_path, address = places[entry.page_id]
        text = access_key(page_path, restrictions, entry.extra_key)
        if text not in keys:
            keys[text] = key_for(text)
        if (entry.access_key_id, entry.url_path) != (keys[text].pk, address):
            if entry.access_key_id != keys[text].pk:
                other_rule.append(entry.pk)
            entry.access_key, entry.url_path = keys[text], address
            changed.append(entry)
    SearchEntry.objects.bulk_update(changed, ["access_key", "url_path"], batch_size=500)
    remember_words_of(other_rule)
    note(sources)


def _places_below(path: str) -> dict[int | None, tuple[str, str]]:
    """Primary key to the place in the tree and the address of the pages at and below ``path``."""
    roots = Site.get_site_root_paths()
    places: dict[int | None, tuple[str, str]] = {}
    for page in Page.objects.filter(path__startswith=path).select_related("locale"):
        page._wagtail_cached_site_root_paths = roots  # else the cache is asked for each page
        places[page.pk] = (page.path, page.get_url() or "/")
    return places


def key_for(text: str) -> AccessKey:
    """The access key with this text; a new one is known to every process from now on."""
    key, is_new = AccessKey.objects.get_or_create(text=text)
    if is_new:
        content_changed(AccessKey)
    return key


def _write(sources: Sequence[Source], rules: Iterable[Restriction] = ()) -> int:
    put_in_force()
    closed = list(rules)
    keys: dict[str, AccessKey] = {}
    entries = []
    for source in sources:
        parts = list(source.parts)
        in_place = Counter(part.address for part in parts)
        for number, part in enumerate(parts):
            text = access_key(source.path, closed, part.extra_key)
            if text not in keys:
                keys[text] = key_for(text)
            entry = entry_of(source.name, number, part, source.page, keys[text])
            entry.collection = source.collection
            entry.shares_place = in_place[part.address] > 1
            entries.append(entry)
    names = [source.name for source in sources]
    SearchEntry.objects.filter(source__in=names).delete()
    SearchEntry.objects.bulk_create(entries, batch_size=500)
    remember_words(entries)
    note(names)
    return len(entries)


def entry_of(
    source: str, number: int, part: Findable, page: PortalPage | None, key: AccessKey
) -> SearchEntry:
    """A row with everything analysed."""
    analyser = analyser_for(part.language)
    body = Counter(analyser.analyse(f"{part.summary} {part.text} {part.also_called}"))
    often = [token for token, times in body.items() if times >= OFTEN]
    title = analyser.analyse(part.title)
    about = analyser.lemmas(f"{part.summary} {part.also_called}")
    return SearchEntry(
        source=source,
        part=number,
        kind=part.kind,
        language=part.language,
        page_id=page.pk if page else None,
        url_path=part.url_path,
        anchor=part.anchor,
        access_key=key,
        extra_key=part.extra_key,
        municipality_id=part.municipality_id,
        theme_ids=" ".join(map(str, part.theme_ids)),
        area_ids=shortened(part.area_ids),
        updated=part.updated,
        blanks=part.title[:300].count(" "),
        title=part.title[:300],
        summary=part.summary,
        text=part.text,
        title_tokens=" ".join(unique(analyser.lemmas(part.title))),
        strong_tokens=" ".join(unique([*title, *about, *often])),
        body_tokens=" ".join(body),
        title_words=literal(part.title),
        body_words=literal(f"{part.summary} {part.text}"),
    )


def shortened(numbers: Iterable[int]) -> str:
    """Numbers in one column; who works everywhere is found by the municipality, not by each area."""
    text = " ".join(map(str, numbers))
    return text if len(text) <= 200 else text[:200].rpartition(" ")[0]


def unique(tokens: Iterable[str]) -> list[str]:
    """Each token once, in the order of its first place."""
    return list(dict.fromkeys(tokens))
