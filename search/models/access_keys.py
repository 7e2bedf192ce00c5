"""Who may find something, as text that is equal for equal rules."""

from django.db import models


class AccessKey(models.Model):
    """One rule, as ``portal.pages.visibility.access_key`` writes it; the empty text is public.

    There are as many as there are different rules, some tens: a visitor's own are computed for
    each question, from the roles of that moment.
    """

    text = models.CharField(max_length=2000, unique=True, blank=True)

    def __str__(self) -> str:
        return self.text or "public"
