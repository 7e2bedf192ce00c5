"""How an entry is written in the index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any

from django.conf import settings
from wagtail.models import Collection, Page

from search.models import SearchEntry

TOKENS = {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"}
WORDS = {"type": "text", "analyzer": "whitespace", "norms": False}
NUMBER = {"type": "integer"}
MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    "_source": {"enabled": False},  # texts are shown from the database, which trims once more
    "properties": {
        "pk": {"type": "long"},
        "source": {"type": "keyword"},
        "part": {"type": "short"},
        "place": {"type": "long"},
        "shares_place": {"type": "boolean"},
        "kind": {"type": "keyword"},
        "language": {"type": "keyword"},
        "access_key": NUMBER,
        "branches": NUMBER,
        "collections": NUMBER,
        "municipality": NUMBER,
        "themes": NUMBER,
        "areas": NUMBER,
        "year": NUMBER,
        "updated": NUMBER,
        "address": {"type": "keyword", "index": False},
        "blanks": {"type": "short"},
        "length": {"type": "short"},
        "title_tokens": TOKENS,
        "strong_tokens": TOKENS,
        "any_tokens": TOKENS,
        "title_words": WORDS,
        "body_words": WORDS,
    },
}


def index_body() -> dict[str, Any]:
    """Settings and mapping of a new index."""
    return {
        "settings": {
            "number_of_shards": settings.SEARCH_SHARDS,
            "number_of_replicas": settings.SEARCH_REPLICAS,
        },
        "mappings": MAPPING,
    }


def document_of(
    entry: SearchEntry, branches: Sequence[int], collections: Sequence[int] = ()
) -> dict[str, Any]:
    """An entry as the server keeps it.

    Args:
        entry: With its analysed texts.
        branches: The primary keys of its page and of the pages above it.
        collections: The same of its collection, when it is a file.
    """
    tokens = (entry.title_tokens, entry.strong_tokens, entry.body_tokens)
    return {
        "pk": entry.pk,
        "source": entry.source,
        "part": entry.part,
        "place": place_number(entry),
        "shares_place": entry.shares_place,
        "kind": entry.kind,
        "language": entry.language,
        "access_key": entry.access_key_id,
        "branches": list(branches),
        "collections": list(collections),
        "municipality": entry.municipality_id,
        "themes": [int(pk) for pk in entry.theme_ids.split()],
        "areas": [int(pk) for pk in entry.area_ids.split()],
        "year": entry.updated.year if entry.updated else None,
        "updated": (entry.updated or date.min).toordinal(),
        "address": entry.address,
        "blanks": entry.blanks,
        "length": len(entry.title),
        "title_tokens": entry.title_tokens,
        "strong_tokens": entry.strong_tokens,
        "any_tokens": " ".join(filter(None, tokens)),
        "title_words": entry.title_words,
        "body_words": entry.body_words,
    }


def place_number(entry: SearchEntry) -> int:
    """A number that is equal for entries in the same place (``search.database.STANDS_ON``)."""
    place = f"{entry.page_id}#{entry.anchor}" if entry.page_id else entry.source
    return int.from_bytes(blake2b(place.encode(), digest_size=8).digest(), signed=True)


def documents_of(entries: Iterable[SearchEntry]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Id and document of each entry, which comes with its page and collection. Two queries."""
    entries = list(entries)
    above = above_of(Page, {entry.page.path for entry in entries if entry.page})
    shelves = above_of(Collection, {one.collection.path for one in entries if one.collection})
    for entry in entries:
        yield (
            id_of(entry),
            document_of(
                entry,
                above[entry.page.path] if entry.page else [],
                shelves[entry.collection.path] if entry.collection else [],
            ),
        )


def id_of(entry: SearchEntry) -> str:
    """The same for the same part, however often it is written anew."""
    return f"{entry.source}/{entry.part}"


def above_of(model: type[Page] | type[Collection], paths: Iterable[str]) -> Mapping[str, list[int]]:
    """Path of a page or collection to the primary keys of itself and of all above it."""
    lines = {
        path: [path[:end] for end in range(model.steplen, len(path) + 1, model.steplen)]
        for path in paths
    }
    every = {above for line in lines.values() for above in line}
    found = model.objects.order_by().filter(path__in=every).values_list("path", "pk")
    keys: dict[str, int] = dict(found) if every else {}
    return {path: [keys[above] for above in line if above in keys] for path, line in lines.items()}
