"""A filter of the list that somebody wants to find back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """The address of one filter, of words from the fixed lists only; it has no name to type."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("owner"),
    )
    query = models.CharField(_("filter"), max_length=200)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "query"], name="saved_view_once_per_owner"),
            models.CheckConstraint(name="saved_view_filters_something", condition=~Q(query="")),
        ]

    def __str__(self) -> str:
        return self.query
