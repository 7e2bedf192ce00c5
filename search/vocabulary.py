"""The words of everything that can be found, by who may find them."""

from collections.abc import Iterable, Sequence

from portal.pages.memory import is_certain
from search.analysis import words_of
from search.models import Kind, SearchEntry, Word

SHORTEST = 4
LONGEST = 40
MOST_AT_ONCE = 900  # values in one question; an older SQLite takes no more than 999
_known: dict[tuple[int, str], tuple[int, set[str]]] = {}


def words_in(texts: Iterable[str]) -> set[str]:
    """The words that may be offered as another spelling."""
    pieces: set[str] = set()  # most words come back in every text: each is looked at once
    for text in texts:
        pieces.update(text.split())
    return {
        word
        for piece in pieces
        for word in words_of(piece)
        if SHORTEST <= len(word) <= LONGEST and word.isalpha()
    }


def remember_words(entries: Sequence[SearchEntry]) -> None:
    """Let the words of new entries be offered to who may find them.

    Asks for these words only: with all pages of a country there are a hundred thousand others.
    Names of people are no words to offer, and would stay when somebody left.
    """
    said: dict[tuple[int, str], set[str]] = {}
    for entry in entries:
        if entry.kind == Kind.PERSON:
            continue
        under = said.setdefault((entry.access_key_id, entry.language), set())
        under |= words_in([entry.title, entry.text])
    new = [
        Word(access_key_id=key, language=language, text=word)
        for (key, language), words in said.items()
        for word in sorted(words - there_already(key, language, words))
    ]
    if new:
        Word.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)


def there_already(key: int, language: str, words: set[str]) -> set[str]:
    """Those of ``words`` that are kept under an access key. One query for each 900 of them."""
    rows = Word.objects.filter(access_key_id=key, language=language)
    asked = sorted(words)
    return {
        text
        for at in range(0, len(asked), MOST_AT_ONCE)
        for text in rows.filter(text__in=asked[at : at + MOST_AT_ONCE]).values_list(
            "text", flat=True
        )
    }


def move_words(old: int, new: int) -> None:
    """Entries got another rule: what could be offered under the old key, can under the new one."""
    there = Word.objects.filter(access_key=new).values_list("language", "text")
    here = Word.objects.filter(access_key=old).values_list("language", "text")
    missing = set(here) - set(there)
    Word.objects.bulk_create(
        [
            Word(access_key_id=new, language=language, text=text)
            for language, text in sorted(missing)
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def known_words(key: int, language: str) -> set[str]:
    """Every word under one access key. One query for what this process does not know yet."""
    words = Word.objects.filter(access_key_id=key, language=language)
    if not is_certain():
        return set(words.values_list("text", flat=True))
    seen, known = _known.setdefault((key, language), (0, set()))
    last = seen
    for pk, text in words.filter(pk__gt=seen).values_list("pk", "text").order_by("pk"):
        known.add(text)
        last = pk
    _known[key, language] = (last, known)
    return known


def forget_unused_words() -> None:
    """Take away what no entry says any more, and what this process knew of it."""
    said: dict[tuple[int, str], set[str]] = {}
    entries = SearchEntry.objects.exclude(kind=Kind.PERSON).values_list(
        "access_key_id", "language", "title", "text"
    )
    for key, language, title, text in entries.iterator(chunk_size=500):
        said.setdefault((key, language), set()).update(words_in([title, text]))
    unused = [
        pk
        for pk, key, language, text in Word.objects.values_list(
            "pk", "access_key_id", "language", "text"
        )
        if text not in said.get((key, language), ())
    ]
    for at in range(0, len(unused), 500):
        Word.objects.filter(pk__in=unused[at : at + 500]).delete()
    _known.clear()
