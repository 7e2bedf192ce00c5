"""What an engine outside the database has not been told yet."""

from django.db import models


class Change(models.Model):
    """The entries of a source changed; written in the same transaction as the entries.

    While a new index is being built, changes that were sent stay, to be sent to it again.
    """

    source = models.CharField(max_length=40, db_index=True)
    was_sent = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.source
