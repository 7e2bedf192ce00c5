"""PostgreSQL: generated ``tsvector`` columns of the table of entries.

Tokens become lexemes as they are, so no dictionary of the server changes what is found; words
keep their positions, for phrases.
"""

from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from search.questions import Question, Term

TABLE = "search_searchentry"
TOKENS = "array_to_tsvector(string_to_array({}, ' '))"
WORDS = "to_tsvector('simple'::regconfig, {})"
ANY = "title_tokens || ' ' || strong_tokens || ' ' || body_tokens"
VECTORS = {
    "title_vector": TOKENS.format("title_tokens"),
    "strong_vector": TOKENS.format("strong_tokens"),
    "any_vector": f"array_to_tsvector(array_remove(string_to_array({ANY}, ' '), ''))",
    "title_words_vector": WORDS.format("title_words"),
    "words_vector": WORDS.format("title_words || ' . ' || body_words"),
}
INDEXED = ("any_vector", "title_words_vector", "words_vector")


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the full text: columns that the server fills itself, and their indexes."""
    remove(schema_editor)
    for name, made_of in VECTORS.items():
        schema_editor.execute(
            f"ALTER TABLE {TABLE} ADD COLUMN {name} tsvector GENERATED ALWAYS AS ({made_of}) STORED"
        )
    for name in INDEXED:
        schema_editor.execute(f"CREATE INDEX search_{name} ON {TABLE} USING gin ({name})")


def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the full text away."""
    for name in VECTORS:
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS {name}")


def matching(question: Question, *, every: bool) -> tuple[str, list[str]]:
    """SQL and its parameters that give the primary keys of the entries that fit.

    Args:
        question: Not an empty one.
        every: Whether each term has to be there, or one of them is enough.
    """
    conditions, parameters = wanted(question, every=every)
    return f"SELECT id FROM {TABLE} WHERE {conditions}", parameters  # noqa: S608


def wanted(question: Question, *, every: bool) -> tuple[str, list[str]]:
    """The same as a condition on a row of the table of entries."""
    conditions, parameters = [], []
    if question.terms:
        conditions.append(f"{TABLE}.any_vector @@ %s::tsquery")
        joined = (" & " if every else " | ").join(map(alternatives, question.terms))
        parameters.append(joined)
    for phrase in question.phrases:
        conditions.append(f"{TABLE}.words_vector @@ phraseto_tsquery('simple', %s)")
        parameters.append(phrase)
    for term in question.unwanted:
        conditions.append(f"NOT {TABLE}.any_vector @@ %s::tsquery")
        parameters.append(alternatives(term))
    for phrase in question.unwanted_phrases:
        conditions.append(f"NOT {TABLE}.words_vector @@ phraseto_tsquery('simple', %s)")
        parameters.append(phrase)
    return " AND ".join(conditions), parameters


def alternatives(term: Term) -> str:
    """One term in the language of ``tsquery``; tokens are letters and digits only."""
    each = (" & ".join(f"'{token}'" for token in one) for one in term.alternatives)
    return f"({' | '.join(f'({one})' for one in each)})"


def levels(terms: Sequence[Term], columns: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Number of the term, number of the column, and an entry that holds the term there. One query."""
    parts, parameters = [], []
    for number, term in enumerate(terms):
        for place, column in enumerate(columns):
            parts.append(
                f"SELECT {number}, {place}, id FROM {TABLE} "  # noqa: S608
                f"WHERE any_vector @@ %s::tsquery AND {column}_vector @@ %s::tsquery"
            )
            parameters += [alternatives(term)] * 2
    if not parts:
        return
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        yield from cursor.fetchall()


def starting(words: Sequence[str]) -> tuple[str, list[str]]:
    """SQL for entries whose title holds the words, the last one perhaps not typed to its end."""
    *whole, begun = words
    asked = " & ".join([*(f"'{word}'" for word in whole), f"'{begun}':*"])
    sql = f"SELECT id FROM {TABLE} WHERE title_words_vector @@ to_tsquery('simple', %s)"  # noqa: S608
    return sql, [asked]


def problems() -> list[str]:
    """What is wrong with the full text itself; empty when nothing is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM information_schema.columns "
            "WHERE table_name = %s AND column_name = ANY(%s)",
            [TABLE, list(VECTORS)],
        )
        columns = cursor.fetchone()[0]
    return [] if columns == len(VECTORS) else ["columns of the full text are gone"]
