"""The list of changes that readers see below a page."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PageUpdate(models.Model):
    """One change of the content of a page, in the words of its editor."""

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    changed_on = models.DateField(_("changed on"), default=timezone.localdate)
    note = models.CharField(_("what changed"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("change of a page")
        verbose_name_plural = _("changes of pages")
        ordering = ["-changed_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.changed_on} {self.note}".strip()
