"""What somebody wants to hear, and when not."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.exchange.workflow import Rhythm


class Choices(models.Model):
    """The digest somebody wants, and the hours of rest."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    rhythm = models.CharField(
        _("digest by e-mail"), max_length=8, choices=Rhythm.choices, default=Rhythm.NEVER
    )
    quiet_from = models.TimeField(_("quiet from"), default=time(20))
    quiet_until = models.TimeField(_("quiet until"), default=time(8))
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("choices of a person")
        constraints = [
            models.CheckConstraint(
                condition=Q(rhythm__in=Rhythm.values), name="choices_have_a_known_rhythm"
            ),
        ]

    def __str__(self) -> str:
        return f"choices {self.pk}"

    def is_quiet_at(self, moment: time) -> bool:
        """Whether the person rests at this time of day; the hours may run past midnight."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= moment < self.quiet_until
        return moment >= self.quiet_from or moment < self.quiet_until
