"""A new connection learns at once for whom it works."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from meldpunt.reports import row_security
from meldpunt.reports.querysets import municipalities_or_none


@receiver(connection_created)
def tell_new_connection(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Within ``working_in`` a connection may be made, or lost and made again."""
    if connection.alias == DEFAULT_DB_ALIAS:
        row_security.allow(municipalities_or_none())
