"""A reporter who has the code page open right now."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.models.reports import Report, SealedModel
from meldpunt.reports.querysets import LookupManager, SealedManager


class ReporterVisit(SealedModel):
    """One visit to a conversation, under the hash of its cookie; gone when it ends."""

    id = models.CharField(_("hash of the cookie"), max_length=64, primary_key=True)
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="visits", verbose_name=_("report")
    )
    box = models.BinaryField(_("sealed secret"))
    expires_at = models.DateTimeField(_("ends at"))

    objects: ClassVar[SealedManager] = SealedManager()
    cookies = LookupManager()

    class Meta:
        verbose_name = _("visit of a reporter")
        verbose_name_plural = _("visits of reporters")
