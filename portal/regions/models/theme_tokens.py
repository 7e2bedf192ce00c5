"""The look of a municipality."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.design.palette import problems

hex_colour = RegexValidator(r"^#[0-9a-f]{6}\Z", _("Write a colour as #0a5a7d."))


class ThemeTokens(models.Model):
    """Three brand colours, a font and corners; the palette is computed from them (frontend.md 2)."""

    municipality = models.OneToOneField(
        "regions.Municipality",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="theme_tokens",
        verbose_name=_("municipality"),
        help_text=_("Empty: the look of the region, for every page without a municipality."),
    )
    name = models.CharField(_("name"), max_length=60, unique=True)
    portal_name = models.CharField(_("name of the portal"), max_length=60, blank=True)
    brand = models.CharField(_("brand colour"), max_length=7, validators=[hex_colour])
    action = models.CharField(
        _("colour of links and buttons"), max_length=7, validators=[hex_colour]
    )
    accent = models.CharField(_("accent colour"), max_length=7, validators=[hex_colour])
    radius = models.PositiveSmallIntegerField(_("rounding of corners (pixels)"), default=4)
    emblem = models.CharField(
        _("emblem"),
        max_length=20,
        default="tree",
        choices=[
            ("tree", _("Tree")),
            ("roof", _("Roof")),
            ("bridge", _("Bridge")),
            ("wave", _("Wave")),
        ],
    )
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name = _("theme tokens")
        verbose_name_plural = _("theme tokens")
        constraints = [
            models.CheckConstraint(
                condition=Q(radius__lte=24),
                name="theme_tokens_corners_stay_below_25_pixels",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse colours that can't be read together, at the colour to change (frontend.md 2)."""
        super().clean()
        colours = {"brand": self.brand, "action": self.action, "accent": self.accent}
        try:
            for colour in colours.values():
                hex_colour(colour)
        except ValidationError:
            return  # the field itself tells
        found: dict[str, list[str]] = {}
        for pair in problems(**colours):
            found.setdefault(pair.colour, []).append(str(pair))
        if found:
            raise ValidationError(found)
