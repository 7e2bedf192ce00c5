"""Why something is found, or not, and where it ranks."""

from collections.abc import Iterator

from portal.pages.visibility import Visitor
from search import ranking
from search.admission import admitted_keys
from search.asking import Asker
from search.database import columns_with, everything, findable, first_of_places
from search.models import SearchEntry
from search.questions import Question, loosened, parse
from search.results import Filters
from search.synonyms import synonyms_for
from search.word_rules import put_in_force


def explain(text: str, address: str, *, user: Visitor, language: str = "nl") -> Iterator[str]:
    """Lines that tell an editor why an address comes where it comes for a question.

    Args:
        text: The question.
        address: Path of the page, with ``#part`` for a part of it.
        user: Who would ask.
        language: ``nl`` or ``en``.
    """
    put_in_force()
    question = parse(text, language, synonyms_for(language))
    asker = Asker(user, language, admitted_keys(user), Filters(), 1)
    path, _mark, anchor = address.partition("#")
    entries = SearchEntry.objects.filter(url_path=path, anchor=anchor, language=language)
    yield f"question: {' + '.join(map(spoken, question.terms)) or '-'}"
    if not entries:
        yield "There is nothing to find at this address: not published, or no kind of page that is searched."
        return
    readable = set(findable(asker).filter(pk__in=entries).values_list("pk", flat=True))
    for entry in entries:
        yield f"{entry.source}/{entry.part} {entry.title} (for {entry.access_key})"
        if entry.pk not in readable:
            yield "  This visitor may not find it."
            continue
        yield from levels_of(entry, question)
        yield from place_of(entry, question, asker)


def spoken(term: object) -> str:
    """The alternatives of a term."""
    return " or ".join(" ".join(one) for one in term.alternatives)  # type: ignore[attr-defined]


def levels_of(entry: SearchEntry, question: Question) -> Iterator[str]:
    """Where each term stands in an entry. One query."""
    for term, columns in zip(question.terms, columns_with(question.terms, entry), strict=True):
        held = [f"{column} {ranking.WEIGHTS[column]:g}" for column in columns]
        yield f"  {spoken(term)}: {', '.join(held) or 'does not stand in it'}"


def place_of(entry: SearchEntry, question: Question, asker: Asker) -> Iterator[str]:
    """Its number in the answer, and how that was come by."""
    for how, attempt, every in (
        ("every word", question, True),
        ("with compounds cut", loosened(question), True),
        ("some of the words", loosened(question), False),
    ):
        ordered = first_of_places(everything(attempt, asker, every=every))
        if not ordered:
            continue
        if entry.pk in ordered:
            yield f"  {how}: number {ordered.index(entry.pk) + 1} of {len(ordered)}"
        else:
            yield f"  {how}: not among {len(ordered)}"
        return
    yield "  Nothing holds these words."
