"""Which events count for which module."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.events.models import Event


class CountingEvent(models.Model):
    """Whoever is checked in at this event attended that module."""

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, related_name="+", verbose_name=_("event")
    )
    module = models.ForeignKey(
        "knowledge_training.ModulePage",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("module"),
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("event that counts for a module")
        verbose_name_plural = _("events that count for a module")

    def __str__(self) -> str:
        return f"counting event #{self.pk}"
