"""Browsers that somebody wants to hear from, each with a switch of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Device(models.Model):
    """One browser of somebody, and where its push service takes messages."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name of the device"), max_length=40)
    endpoint = models.CharField(max_length=600, unique=True)
    public_key = models.CharField(max_length=100)
    secret = models.CharField(max_length=30)
    made_at = models.DateTimeField(_("switched on at"), auto_now_add=True)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(endpoint__startswith="https://"), name="device_is_called_safely"
            ),
        ]

    def __str__(self) -> str:
        return f"device {self.pk}"
