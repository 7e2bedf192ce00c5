"""The answer to a question as somebody with paper and a pencil would find it: entry for entry."""

from collections import Counter

from portal.pages.models import Theme
from portal.regions.models import Area
from search.asking import PER_PAGE, pages_of
from search.database import findable
from search.ranking import KINDS, WEIGHTS, rarity


def found_by_hand(question, asker, *, every):
    """How many places there are, how many with the filters, the entries shown, and the counts."""
    every_row = findable(asker).select_related("access_key", "municipality")
    rows = [row for row in every_row if fits(row, question)]
    enough = all if every or not question.terms else any
    rows = [row for row in rows if enough(holds(row, term, "any") for term in question.terms)]
    rare = [1.0] * len(question.terms)
    if not every:
        held = [sum(holds(row, term, "any") for row in rows) for term in question.terms]
        rare = [rarity(number, len(rows)) for number in held]

    def order(row):
        weights = (
            weight * level
            for term, weight in zip(question.terms, rare, strict=True)
            for column, level in WEIGHTS.items()
            if holds(row, term, column)
        )
        best = [sum(weights) * KINDS.get(row.kind, 1.0), -row.title.count(" ")]
        day = str(row.updated or "")
        keys = [day, *best] if asker.filters.newest_first else [*best, day]
        return [*keys, row.url_path, row.anchor, row.pk]

    rows.sort(key=order, reverse=True)
    known = values(rows)
    chosen = [row for row in rows if passes(known[row.pk], asker.filters)]
    first = {}
    for row in chosen:
        first.setdefault(place(row), row.pk)
    page = min(asker.page, pages_of(len(first)))
    return {
        "total": len(set(map(place, rows))),
        "count": len(first),
        "shown": list(first.values())[(page - 1) * PER_PAGE : page * PER_PAGE],
        "counts": {
            name: counts(rows, known, asker.filters, name) for name in asker.filters.by_facet
        },
    }


def fits(row, question):
    """Whether a row holds the phrases, and nothing that is not wanted."""

    def says(phrase):
        return any(f" {phrase} " in f" {words} " for words in (row.title_words, row.body_words))

    return all(map(says, question.phrases)) and not (
        any(holds(row, term, "any") for term in question.unwanted)
        or any(map(says, question.unwanted_phrases))
    )


def holds(row, term, column):
    """Whether a term stands in a column of a row."""
    names = ("title", "strong", "body") if column == "any" else (column,)
    tokens = {token for name in names for token in getattr(row, f"{name}_tokens").split()}
    return any(tokens.issuperset(one) for one in term.alternatives)


def place(row):
    """Where a row is read."""
    return (row.page_id, row.anchor) if row.page_id else row.pk


def passes(known, filters, but=""):
    """Whether a row passes the filters, without the facet ``but``."""
    return all(
        name == but or not chosen or chosen & known[name]
        for name, chosen in filters.by_facet.items()
    )


def counts(rows, known, filters, name):
    """How many places each value of a facet leaves."""
    pairs = {
        (place(row), value)
        for row in rows
        if passes(known[row.pk], filters, but=name)
        for value in known[row.pk][name]
    }
    return Counter(value for _place, value in pairs)


def values(rows):
    """What each row counts for in each facet."""
    themes = {str(one.pk): one for one in Theme.objects.select_related("parent")}
    areas = {str(one.pk): one for one in Area.objects.select_related("municipality")}

    def of(row):
        own = [themes[pk] for pk in row.theme_ids.split() if pk in themes]
        where = [areas[pk] for pk in row.area_ids.split() if pk in areas]
        return {
            "soort": {row.kind},
            "thema": {one.slug for theme in own for one in (theme, theme.parent) if one},
            "gemeente": {row.municipality.slug} if row.municipality else set(),
            "gebied": {f"{area.municipality.slug}.{area.slug}" for area in where},
            "voor": {"netwerk" if row.access_key.text else "iedereen"},
            "jaar": {str(row.updated.year)} if row.updated else set(),
        }

    return {row.pk: of(row) for row in rows}
