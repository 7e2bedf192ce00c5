"""Region, municipality and area: the places that roles and pages hang on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """The municipalities that share this portal."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), unique=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """One municipality of the region."""

    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        related_name="municipalities",
        verbose_name=_("region"),
    )
    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), unique=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    meldpunt_phone = models.CharField(_("telephone of the meldpunt"), max_length=20, blank=True)
    meldpunt_hours = models.CharField(_("hours of the meldpunt"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A neighbourhood or district: the finest place that a report or figure names (GR-15)."""

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="areas",
        verbose_name=_("municipality"),
    )
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("slug"))

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["municipality", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="area_has_one_slug_in_its_municipality",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.municipality})"
