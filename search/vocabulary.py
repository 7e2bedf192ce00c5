"""The words of everything that can be found, by who may find them."""

from collections.abc import Iterable, Sequence

from django.db import connection

from portal.pages.memory import is_certain
from search.analysis import words_of
from search.full_text import full_text
from search.models import Kind, SearchEntry, Word

SHORTEST = 4
LONGEST = 40
MOST_AT_ONCE = 900  # values in one question; an older SQLite takes no more than 999
ENTRIES_AT_ONCE = 500
_known: dict[tuple[int, str], tuple[int, dict[int, str]]] = {}


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


def remember_words(entries: Iterable[SearchEntry]) -> None:
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


def remember_words_of(pks: Sequence[int]) -> None:
    """Entries got another rule: their words, and no others, can be offered under that one too."""
    for at in range(0, len(pks), ENTRIES_AT_ONCE):
        some = SearchEntry.objects.filter(pk__in=pks[at : at + ENTRIES_AT_ONCE])
        remember_words(some.only("access_key_id", "language", "kind", "title", "text"))


def known_words(key: int, language: str) -> dict[int, str]:
    """The words under one access key, by how long they are: joined by commas.

    One query for what this process does not know yet. Joined they take a tenth of the memory,
    which counts with the hundred thousand words of a country.
    """
    is_kept = is_certain()
    last, known = _known.get((key, language), (0, {})) if is_kept else (0, {})
    for length, text, newest in joined_words(key, language, after=last):
        known[length] = ",".join(filter(None, [known.get(length), text]))
        last = max(last, newest)
    if is_kept:
        _known[key, language] = (last, known)
    return known


def joined_words(key: int, language: str, *, after: int) -> list[tuple[int, str, int]]:
    """Of the words that came after a primary key: their length, all of that length, and the newest."""
    joined = full_text().JOINED.format("text")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT length(text), {joined}, max(id) FROM {Word._meta.db_table} "  # noqa: S608
            "WHERE access_key_id = %s AND language = %s AND id > %s GROUP BY length(text)",
            [key, language, after],
        )
        return cursor.fetchall()


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
