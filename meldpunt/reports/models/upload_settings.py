"""Whether a municipality takes files, and whether it keeps them as they were sent."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.models.reports import SealedModel


class UploadSetting(SealedModel):
    """No row is the same as off (R7)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    is_on = models.BooleanField(_("Reporters can send files"), default=False)
    keeps_originals = models.BooleanField(
        _("Also keep the original file, when the reporter asks for that"), default=False
    )

    class Meta:
        verbose_name = _("setting for files")
        verbose_name_plural = _("settings for files")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"], name="upload_setting_once_per_municipality"
            ),
            models.CheckConstraint(
                name="upload_setting_keeps_originals_only_when_on",
                condition=Q(is_on=True) | Q(keeps_originals=False),
            ),
        ]
