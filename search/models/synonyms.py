"""Words that mean the same, kept by editors."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class Synonym(models.Model):
    """A group of words and expressions: who asks for one finds all, from the next question on."""

    class Language(models.TextChoices):
        """Whose rules the words follow."""

        DUTCH = "nl", _("Dutch")
        ENGLISH = "en", _("English")

    words = models.TextField(
        _("words"),
        max_length=500,
        help_text=_("One word or expression on each line; at least two."),
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.DUTCH
    )
    note = models.CharField(_("why"), max_length=200, blank=True)

    panels = [FieldPanel("words"), FieldPanel("language"), FieldPanel("note")]

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self) -> str:
        return " = ".join(self.expressions)

    @property
    def expressions(self) -> list[str]:
        """Each word or expression."""
        return [line.strip() for line in self.words.splitlines() if line.strip()]

    def clean(self) -> None:
        """Refuse a group that says nothing."""
        if len(self.expressions) < 2:
            raise ValidationError({"words": _("Write at least two lines.")})
