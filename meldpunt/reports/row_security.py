"""Tells PostgreSQL for which municipalities this request works, so that it guards the rows too.

The policies are in the migrations (meldpunt.md 6.6). On SQLite nothing happens here: there the
managers alone keep municipalities apart.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

MUNICIPALITIES, SOUGHT = "app.municipalities", "app.sought"


def allow(municipalities: Iterable[int]) -> None:
    """From now on this connection sees the rows of these municipalities, and no others."""
    _set(MUNICIPALITIES, ",".join(map(str, sorted(municipalities))))


@contextmanager
def seeking(secret: bytes | str) -> Iterator[None]:
    """Within this block the one row that lies under ``secret`` can be found as well."""
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
        connections[DEFAULT_DB_ALIAS].ensure_connection()
    _set(SOUGHT, secret if isinstance(secret, str) else secret.hex())
    try:
        yield
    finally:
        _set(SOUGHT, "")


def _set(name: str, value: str) -> None:
    """Set it until it is set again: most questions are put outside a transaction.

    A connection that is not there yet is told when it is made (``signal_handlers``); one whose
    transaction failed gets the earlier value back from the rollback.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql" or connection.connection is None:
        return
    raw: Any = connection.connection
    if raw.closed or raw.info.transaction_status.name == "INERROR":
        return
    try:
        with connection.wrap_database_errors, raw.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, false)", [name, value])
    except DatabaseError:
        connection.close()  # never hand on a connection that remembers somebody else's rows
        raise
