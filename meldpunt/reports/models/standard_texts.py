"""Sentences that a meldpunt uses again and again; never about one report."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.models.index_entries import Language
from meldpunt.reports.models.reports import SealedModel
from meldpunt.reports.workflow import TextUse


class StandardText(SealedModel):
    """One text of a municipality, in the language of the reporter who will read it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    use = models.CharField(_("used for"), max_length=10, choices=TextUse.choices)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.NL
    )
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=4000)

    class Meta:
        verbose_name = _("standard text")
        verbose_name_plural = _("standard texts")
        ordering = ["use", "language", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "use", "language", "title"],
                name="standard_text_once_per_title",
            ),
            models.CheckConstraint(
                name="standard_text_has_a_known_use", condition=Q(use__in=TextUse.values)
            ),
            models.CheckConstraint(
                name="standard_text_has_a_known_language",
                condition=Q(language__in=Language.values),
            ),
        ]

    def __str__(self) -> str:
        return self.title
