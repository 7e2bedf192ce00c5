"""How far groups of people are, counted beforehand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.training.models.target_groups import TargetGroup


class CoverageTotal(models.Model):
    """A team, one kind of work in one organisation: how many follow a module, and how far they are.

    ``place`` is the number of a municipality, 0 when it is not known; ``valid`` holds those that
    expire soon. A copy of what enrolments say, so that a page of totals costs the same for a village and for
    the country. Small numbers are hidden when they are shown.
    """

    module = models.ForeignKey(
        "knowledge_training.ModulePage", on_delete=models.CASCADE, related_name="+"
    )
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    target_group = models.CharField(
        _("kind of work"), max_length=20, choices=TargetGroup.choices, default=TargetGroup.OTHER
    )
    place = models.PositiveBigIntegerField(_("municipality"), default=0)
    people = models.PositiveIntegerField(_("people"))
    started = models.PositiveIntegerField(_("begun"))
    valid = models.PositiveIntegerField(_("passed and valid"))
    expiring = models.PositiveIntegerField(_("expires soon"), default=0)
    expired = models.PositiveIntegerField(_("expired"))
    counted_at = models.DateTimeField(_("counted at"))

    class Meta:
        verbose_name = _("total of training")
        verbose_name_plural = _("totals of training")
        ordering = ["organisation", "target_group", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "organisation", "target_group", "place"],
                name="coverage_is_counted_once_per_group",
            ),
        ]

    def __str__(self) -> str:
        return f"total #{self.pk}"
