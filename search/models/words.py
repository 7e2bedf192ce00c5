"""The words that stand in what can be found, for “did you mean”."""

from django.db import models

from search.models.access_keys import AccessKey


class Word(models.Model):
    """A word as written, under each rule of who may find it.

    Words are added when an entry is written and taken away by ``rebuild_search``: a word that is
    gone, or under another rule by now, is asked for in the entries before it is shown.
    """

    access_key = models.ForeignKey(AccessKey, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    text = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["access_key", "language", "text"], name="search_word_is_there_once_per_key"
            )
        ]

    def __str__(self) -> str:
        return self.text
