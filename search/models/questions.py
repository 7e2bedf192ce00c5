"""What was asked, without who asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskedQuestion(models.Model):
    """How often a question was asked, and how often nothing was found.

    The words themselves are kept from the third time on: what somebody asks only once may be a name.
    Until then there is a keyed digest, that can be compared and not read.
    """

    digest = models.CharField(max_length=64, unique=True)
    text = models.CharField(_("question"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=2, default="nl")
    asked = models.PositiveIntegerField(_("asked"), default=0)
    without_results = models.PositiveIntegerField(_("nothing found"), default=0)
    last_asked_on = models.DateField(_("last asked"))

    class Meta:
        verbose_name = _("question asked")
        verbose_name_plural = _("questions asked")
        ordering = ["-without_results", "-asked", "text"]

    def __str__(self) -> str:
        return self.text or "…"
