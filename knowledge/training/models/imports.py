"""Lists of earlier attendance that somebody offered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One file, read and not yet believed: what it would add, and what is wrong with each line.

    It names accounts by number only; nothing of it counts until it is applied as a whole.
    """

    name = models.CharField(_("file"), max_length=120)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("offered at"), auto_now_add=True)
    rows = models.JSONField(_("rows"), default=list)
    errors = models.JSONField(_("errors"), default=list)
    applied_at = models.DateTimeField(_("applied at"), null=True)

    class Meta:
        verbose_name = _("import of attendance")
        verbose_name_plural = _("imports of attendance")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"import #{self.pk}"
