"""Which zones a municipality has switched on (GR-22)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Zone(models.TextChoices):
    """The two zones that a municipality chooses; Z0 and Z1 are always there."""

    MELDPUNT = "z2", _("Meldpunt (Z2)")
    CASEWORK = "z3", _("Case process (Z3)")


class ZoneSwitch(models.Model):
    """A zone of one municipality, with what GR-22 asks before it may open."""

    municipality = models.ForeignKey(
        "regions.Municipality",
        on_delete=models.CASCADE,
        related_name="zones",
        verbose_name=_("municipality"),
    )
    zone = models.CharField(_("zone"), max_length=2, choices=Zone.choices)
    is_on = models.BooleanField(_("is on"), default=False)
    dpia_reference = models.CharField(_("reference of the DPIA"), max_length=120, blank=True)
    dpo_advice_on = models.DateField(
        _("advice of the data protection officer on"), null=True, blank=True
    )
    process_owner = models.CharField(_("process owner (function)"), max_length=120, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("zone of a municipality")
        verbose_name_plural = _("zones of municipalities")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "zone"],
                name="zone_switch_once_per_municipality",
            ),
            models.CheckConstraint(
                name="zone_is_on_only_with_dpia_advice_and_owner",
                condition=Q(is_on=False)
                | (
                    ~Q(dpia_reference="")
                    & Q(dpo_advice_on__isnull=False)
                    & ~Q(process_owner="")
                    & Q(confirmed_on__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.get_zone_display()}"
