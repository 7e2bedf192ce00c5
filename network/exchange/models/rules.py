"""The house rules of the exchange, version after version, and who accepted which."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class HouseRules(models.Model):
    """One version of the house rules: appended, never changed. The highest number counts."""

    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    text = models.TextField(_("house rules in Dutch"), max_length=6000)
    text_en = models.TextField(_("house rules in English"), max_length=6000, blank=True)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("house rules")
        verbose_name_plural = _("house rules")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="house_rules_say_something"),
        ]

    def __str__(self) -> str:
        return f"house rules {self.number}"

    @property
    def words(self) -> str:
        """The text in the language of the reader, in Dutch where there is no other."""
        return (self.text_en if get_language() == "en" else "") or self.text


class Acceptance(models.Model):
    """Somebody accepted a version of the house rules."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    rules = models.ForeignKey(HouseRules, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "rules"], name="house_rules_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"acceptance {self.pk}"
