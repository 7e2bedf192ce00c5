"""Cards that come in by file, go out by file, or become one."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.directory.models.organisations import Organisation


class Import(models.Model):
    """A file of organisations, read and compared; it changes nothing until it is applied."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    rows = models.JSONField(_("rows"), default=list)

    class Meta:
        verbose_name = _("import of organisations")
        verbose_name_plural = _("imports of organisations")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"import {self.pk}"


class Merge(models.Model):
    """Two cards that became one, with what is needed to part them again."""

    kept = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("kept")
    )
    merged = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("merged")
    )
    before = models.JSONField(_("before"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    merged_at = models.DateTimeField(_("merged at"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge of organisations")
        verbose_name_plural = _("merges of organisations")
        ordering = ["-merged_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept=F("merged")), name="merge_is_of_two_organisations"
            ),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk}"
