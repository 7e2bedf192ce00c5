"""How far groups of people are, counted beforehand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.training.models.enrolments import TargetGroup
from knowledge.training.models.pages import ModulePage


class CoverageTotal(models.Model):
    """One kind of work in one organisation: how many follow a module, and how far they are.

    A copy of what enrolments say, so that a page of totals costs the same for a village and for
    the country. Small numbers are hidden when they are shown.
    """

    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="+")
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    target_group = models.CharField(
        _("kind of work"), max_length=20, choices=TargetGroup.choices, default=TargetGroup.OTHER
    )
    people = models.PositiveIntegerField(_("people"))
    started = models.PositiveIntegerField(_("begun"))
    valid = models.PositiveIntegerField(_("passed and valid"))
    expired = models.PositiveIntegerField(_("expired"))
    counted_at = models.DateTimeField(_("counted at"))

    class Meta:
        verbose_name = _("total of training")
        verbose_name_plural = _("totals of training")
        ordering = ["organisation", "target_group"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "organisation", "target_group"],
                name="coverage_is_counted_once_per_group",
            ),
        ]

    def __str__(self) -> str:
        return f"total #{self.pk}"
