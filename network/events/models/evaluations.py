"""What people thought of an event, without who they are."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.events.models.events import Event

FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class Moment(models.TextChoices):
    """When it is asked (domain.md 1.4)."""

    DAYS = "3d", _("After three days")
    MONTHS = "3m", _("After three months")


class Evaluation(models.Model):
    """One answer; nothing in it leads back to a registration."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="evaluations")
    moment = models.CharField(_("when"), max_length=2, choices=Moment.choices)
    useful = models.PositiveSmallIntegerField(_("useful"), validators=FIVE)
    confidence = models.PositiveSmallIntegerField(_("how sure you feel"), validators=FIVE)
    text = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")

    def __str__(self) -> str:
        return f"evaluation #{self.pk}"
