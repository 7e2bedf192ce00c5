"""A published number. What was small is gone before it is stored (GR-15)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.figures.small_numbers import FEWEST_SHOWN
from portal.regions.models import Municipality


class Figure(models.Model):
    """One number over a whole month, of a municipality or of no place in particular."""

    code = models.SlugField(_("what is counted"), max_length=60)
    month = models.DateField(_("month"))
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("municipality"),
    )
    number = models.PositiveIntegerField(_("number"), null=True, help_text=_("Empty: hidden."))
    is_about_people = models.BooleanField(_("about people"), default=True)
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["code", "month", "municipality"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "month", "municipality"],
                condition=Q(municipality__isnull=False),
                name="figure_once_in_a_municipality",
            ),
            models.UniqueConstraint(
                fields=["code", "month"],
                condition=Q(municipality=None),
                name="figure_once_without_a_place",
            ),
            models.CheckConstraint(
                condition=Q(is_about_people=False)
                | Q(number=None)
                | Q(number=0)
                | Q(number__gte=FEWEST_SHOWN),
                name="figure_about_people_is_never_small",
            ),
        ]

    def __str__(self) -> str:
        return f"figure {self.pk}"
