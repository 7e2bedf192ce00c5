"""SQLite: an FTS5 table over the columns of the entries, kept in step by triggers."""

from collections.abc import Sequence

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.expressions import RawSQL

from search.questions import Question, Term

COLUMNS = ("title_tokens", "strong_tokens", "body_tokens", "title_words", "body_words")
NAMES = ", ".join(COLUMNS)
OLD = ", ".join(f"old.{name}" for name in COLUMNS)
NEW = ", ".join(f"new.{name}" for name in COLUMNS)
FORGET = f"INSERT INTO search_text (search_text, rowid, {NAMES}) VALUES ('delete', old.id, {OLD});"  # noqa: S608
KEEP = f"INSERT INTO search_text (rowid, {NAMES}) VALUES (new.id, {NEW});"  # noqa: S608
TOKENS = "{title_tokens strong_tokens body_tokens}"
WORDS = "{title_words body_words}"
# What ``search.database`` asks of each row; the full text is a table of its own.
CARRIED = {"year": RawSQL("CAST(substr(updated, 1, 4) AS integer)", [])}
JOINED = "group_concat({})"
BINARY = "BINARY"
APART = ""
INSTALL = (
    f"""CREATE VIRTUAL TABLE search_text USING fts5 (
        {NAMES}, content='search_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='3'
    )""",
    f"CREATE TRIGGER search_text_new AFTER INSERT ON search_searchentry BEGIN {KEEP} END",
    f"CREATE TRIGGER search_text_gone AFTER DELETE ON search_searchentry BEGIN {FORGET} END",
    f"""CREATE TRIGGER search_text_changed AFTER UPDATE OF {NAMES} ON search_searchentry
        BEGIN {FORGET} {KEEP} END""",
)


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the full text. Changing the table of entries drops triggers: install again then."""
    remove(schema_editor)
    for statement in INSTALL:
        schema_editor.execute(statement)
    schema_editor.execute("INSERT INTO search_text (search_text) VALUES ('rebuild')")


def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the full text away."""
    for name in ("new", "gone", "changed"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS search_text_{name}")
    schema_editor.execute("DROP TABLE IF EXISTS search_text")


def holding(question: Question, *, every: bool) -> tuple[str, list[str]]:
    """SQL and its parameters that say of a row of the table of entries whether it fits.

    Args:
        question: Not an empty one.
        every: Whether each term has to be there, or one of them is enough.
    """
    found = "SELECT rowid FROM search_text WHERE search_text MATCH %s"
    return f"search_searchentry.id IN ({found})", [expression(question, every)]


def expression(question: Question, every: bool) -> str:
    """The question in the language of FTS5; tokens are letters and digits only."""
    terms = [f"({TOKENS} : {alternatives(term)})" for term in question.terms]
    phrases = [f'({WORDS} : "{phrase}")' for phrase in question.phrases]
    asked = [f"({(' AND ' if every else ' OR ').join(terms)})"] if terms else []
    found = " AND ".join([*asked, *phrases])
    for term in question.unwanted:
        found = f"({found}) NOT ({TOKENS} : {alternatives(term)})"
    for phrase in question.unwanted_phrases:
        found = f'({found}) NOT ({WORDS} : "{phrase}")'
    return found


def alternatives(term: Term) -> str:
    """One term."""
    each = (" AND ".join(f'"{token}"' for token in one) for one in term.alternatives)
    return f"({' OR '.join(f'({one})' for one in each)})"


def stands(term: Term, column: str) -> tuple[str, list[str]]:
    """SQL that says of a row whether it holds a term in a column of ``search.ranking.WEIGHTS``."""
    wanted = TOKENS if column == "any" else f"{{{column}_tokens}}"
    found = "SELECT rowid FROM search_text WHERE search_text MATCH %s"
    return f"id IN ({found})", [f"{wanted} : {alternatives(term)}"]


def starting(words: Sequence[str]) -> tuple[str, list[str]]:
    """SQL for entries whose title holds the words, the last one perhaps not typed to its end."""
    *whole, begun = words
    asked = " AND ".join([*(f'"{word}"' for word in whole), f'"{begun}" *'])
    sql = "SELECT rowid FROM search_text WHERE search_text MATCH %s"
    return sql, [f"{{title_words}} : ({asked})"]


def problems() -> list[str]:
    """What is wrong with the full text itself; empty when nothing is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search_text_%'"
        )
        triggers = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM search_text_docsize")
        indexed = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM search_searchentry")
        entries = cursor.fetchone()[0]
    found = [] if triggers == 3 else ["the triggers of search_text are gone: migrate search again"]
    return found if indexed == entries else [*found, f"full text: {indexed} of {entries} entries"]
