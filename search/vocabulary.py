"""The words of everything that can be found, by who may find them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from django.db import connection

from portal.pages.memory import is_certain
from search.analysis import words_of
from search.full_text import full_text
from search.models import Kind, SearchEntry, Word

SHORTEST = 4
LONGEST = 40
MOST_AT_ONCE = 900  # values in one question; an older SQLite takes no more than 999
ENTRIES_AT_ONCE = 500
KEYS_AT_ONCE = 400  # two values for each
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


def known_words(keys: Sequence[int], language: str) -> list[dict[int, str]]:
    """The words under each of some access keys, by how long they are: joined by commas.

    One query for each 400 keys, for what this process does not know yet. Joined the words take a
    tenth of the memory, which counts with the hundred thousand words of a country.
    """
    is_kept = is_certain()
    found = {key: _known.get((key, language), (0, {})) if is_kept else (0, {}) for key in keys}
    after = {key: last for key, (last, _words) in found.items()}
    for key, length, text, newest in joined_words(after, language):
        last, words = found[key]
        words[length] = ",".join(filter(None, [words.get(length), text]))
        found[key] = (max(last, newest), words)
    if is_kept:
        _known.update({(key, language): one for key, one in found.items()})
    return [words for _last, words in found.values()]


def joined_words(after: dict[int, int], language: str) -> Iterator[tuple[int, int, str, int]]:
    """Of the words that came after a primary key: their access key, length, all of that length, newest.

    ``after``: that primary key for each access key.
    """
    joined, asked = full_text().JOINED.format("text"), list(after.items())
    for at in range(0, len(asked), KEYS_AT_ONCE):
        some = asked[at : at + KEYS_AT_ONCE]
        ranges = " OR ".join(["(access_key_id = %s AND id > %s)"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT access_key_id, length(text), {joined}, max(id) "  # noqa: S608
                f"FROM {Word._meta.db_table} WHERE language = %s AND ({ranges}) "
                "GROUP BY access_key_id, length(text)",
                [language, *chain.from_iterable(some)],
            )
            yield from cursor.fetchall()


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
