"""From entries to what a visitor sees of them."""

from collections.abc import Sequence

from django.db.models import QuerySet
from wagtail.models import Page

from search.highlights import marked, passage
from search.models import Kind, SearchEntry
from search.questions import Question
from search.results import Hit


def hits_of(pks: Sequence[int], findable: QuerySet[SearchEntry], question: Question) -> list[Hit]:
    """A hit for each primary key, in the same order. Two queries."""
    if not pks:
        return []
    entries = {
        entry.pk: entry
        for entry in findable.filter(pk__in=pks)
        .select_related("page", "access_key")
        .defer("title_tokens", "strong_tokens", "body_tokens", "title_words", "body_words")
    }
    ways = ways_to([entry.page for entry in entries.values() if entry.page])
    tokens = question.tokens
    return [hit_of(entries[pk], tokens, ways) for pk in pks if pk in entries]


def hit_of(entry: SearchEntry, tokens: frozenset[str], ways: dict[str, str]) -> Hit:
    """One entry as HTML that is safe to show."""
    return Hit(
        title=marked(entry.title, tokens, entry.language),
        passage=passage(entry.text, tokens, entry.language, otherwise=entry.summary),
        url=entry.address,
        kind=Kind(entry.kind),
        way=way_of(entry, ways),
        is_public=not entry.access_key.text,
        updated=entry.updated,
        source=entry.source,
    )


def ways_to(pages: Sequence[Page]) -> dict[str, str]:
    """Path to title of every page above these, but the front page, and of these. One query."""
    paths = {path for page in pages for path in paths_above(page)}
    return dict(Page.objects.filter(path__in=paths).values_list("path", "title"))


def paths_above(page: Page) -> list[str]:
    """The paths of the pages between the front page and this one."""
    step = page.steplen
    return [page.path[:end] for end in range(3 * step, len(page.path), step)]


def way_of(entry: SearchEntry, ways: dict[str, str]) -> list[str]:
    """The titles above an entry; a part of a page stands below the page itself."""
    if entry.page is None:
        return []
    titles = [ways[path] for path in paths_above(entry.page) if path in ways]
    return [*titles, entry.page.title] if entry.anchor else titles
