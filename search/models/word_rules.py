"""What the rules for Dutch words get wrong, put right by editors."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from search.analysis import fold, words_of


class WordRule(models.Model):
    """Forms of a word, the word itself, and the words it is made of: counts from now on."""

    forms = models.CharField(
        _("forms"),
        max_length=200,
        help_text=_("Each form of the word, with spaces: buurthuis buurthuizen"),
    )
    lemma = models.CharField(
        _("stands for"), max_length=60, help_text=_("The word under which all forms are found.")
    )
    parts = models.CharField(
        _("made of"),
        max_length=200,
        blank=True,
        help_text=_("The words it is made of, with spaces; empty when it may not be cut."),
    )
    note = models.CharField(_("why"), max_length=200, blank=True)

    panels = [FieldPanel("forms"), FieldPanel("lemma"), FieldPanel("parts"), FieldPanel("note")]

    class Meta:
        verbose_name = _("exception for a word")
        verbose_name_plural = _("exceptions for words")
        ordering = ["lemma"]

    def __str__(self) -> str:
        return f"{self.forms} = {self.lemma} {self.parts}".strip()

    @property
    def words(self) -> list[str]:
        """The folded forms, the word itself among them."""
        return list(dict.fromkeys(filter(None, map(fold, words_of(f"{self.lemma} {self.forms}")))))

    @property
    def made_of(self) -> list[str]:
        """The words it is made of, as they are written."""
        return words_of(self.parts)

    def clean(self) -> None:
        """One word is one word, and a form has one rule."""
        if len(words_of(self.lemma)) != 1:
            raise ValidationError({"lemma": _("Write one word.")})
        if not words_of(self.forms):
            raise ValidationError({"forms": _("Write at least one word.")})
        others = WordRule.objects.exclude(pk=self.pk)
        if taken := {word for other in others for word in other.words} & set(self.words):
            raise ValidationError(
                {"forms": _("There is an exception already for: %s") % ", ".join(sorted(taken))}
            )
