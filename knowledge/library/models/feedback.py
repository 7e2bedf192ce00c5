"""What readers say at the end of a page."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Feedback(models.Model):
    """Whether a page helped. The day, and nothing about who said it."""

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    is_helpful = models.BooleanField(_("helped"))
    text = models.CharField(_("remark"), max_length=500, blank=True)
    given_on = models.DateField(_("day"), default=timezone.localdate)

    class Meta:
        verbose_name = _("feedback of a reader")
        verbose_name_plural = _("feedback of readers")
        ordering = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"
