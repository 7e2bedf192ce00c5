"""PostgreSQL: generated ``tsvector`` columns of the table of entries.

Tokens become lexemes as they are, so no dictionary of the server changes what is found; words
keep their positions, for phrases.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import TextField
from django.db.models.expressions import RawSQL

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
SHORT = ("url_path", "anchor", "extra_key", "theme_ids", "title_vector", "strong_vector")
INDEXED = ("any_vector", "title_words_vector", "words_vector")
# What ``search.database`` asks of each row so that ``stands`` can be asked of it.
CARRIED = {
    name: RawSQL(f"{TABLE}.{name}", [], output_field=TextField())  # noqa: S611
    for name in ("title_vector", "strong_vector", "any_vector")
}
CARRIED["year"] = RawSQL("CAST(extract(year FROM updated) AS integer)", [])
JOINED = "string_agg({}, ',')"
BINARY = '"C"'
APART = "MATERIALIZED"


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the full text: columns that the server fills itself, and their indexes.

    A question reads the short columns of every row that holds a word. So those stay in the row, and
    texts and long vectors are kept beside the table: ten rows on a block in place of five.
    """
    remove(schema_editor)
    add(schema_editor, [name for name in VECTORS if name in SHORT])
    stay = ", ".join(f"ALTER {name} SET STORAGE MAIN" for name in SHORT)
    schema_editor.execute(f"ALTER TABLE {TABLE} SET (toast_tuple_target = 256), {stay}")
    add(schema_editor, [name for name in VECTORS if name not in SHORT])
    for name in INDEXED:
        schema_editor.execute(f"CREATE INDEX search_{name} ON {TABLE} USING gin ({name})")


def add(schema_editor: BaseDatabaseSchemaEditor, names: Iterable[str]) -> None:
    """Add some of the columns; the server writes the whole table anew."""
    columns = (
        f"ADD COLUMN {name} tsvector GENERATED ALWAYS AS ({VECTORS[name]}) STORED" for name in names
    )
    schema_editor.execute(f"ALTER TABLE {TABLE} {', '.join(columns)}")


def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the full text away."""
    for name in VECTORS:
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS {name}")


def holding(question: Question, *, every: bool) -> tuple[str, list[str]]:
    """SQL and its parameters that say of a row of the table of entries whether it fits.

    Args:
        question: Not an empty one.
        every: Whether each term has to be there, or one of them is enough.
    """
    conditions, parameters = [], []
    tokens = [f"!{alternatives(term)}" for term in question.unwanted]
    if question.terms:
        asked = (" & " if every else " | ").join(map(alternatives, question.terms))
        tokens.insert(0, f"({asked})")
    if tokens:  # in one: the index knows what a row does not hold, and the row is slow to ask
        conditions.append(f"{TABLE}.any_vector @@ %s::tsquery")
        parameters.append(" & ".join(tokens))
    for phrase in question.phrases:
        conditions.append(f"{TABLE}.words_vector @@ phraseto_tsquery('simple', %s)")
        parameters.append(phrase)
    for phrase in question.unwanted_phrases:
        conditions.append(f"NOT {TABLE}.words_vector @@ phraseto_tsquery('simple', %s)")
        parameters.append(phrase)
    return " AND ".join(conditions), parameters


def alternatives(term: Term) -> str:
    """One term in the language of ``tsquery``; tokens are letters and digits only."""
    each = (" & ".join(f"'{token}'" for token in one) for one in term.alternatives)
    return f"({' | '.join(f'({one})' for one in each)})"


def stands(term: Term, column: str) -> tuple[str, list[str]]:
    """SQL that says of a row whether it holds a term in a column of ``search.ranking.WEIGHTS``."""
    return f"{column}_vector @@ %s::tsquery", [alternatives(term)]


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
