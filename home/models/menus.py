"""Menus that editors keep."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page


class MenuPlace(models.TextChoices):
    """Where a menu stands."""

    MAIN = "main", _("Main menu")
    CONTACT = "contact", _("Footer: contact")
    ABOUT = "about", _("Footer: about the portal")
    SITE = "site", _("Footer: about this site")


class MenuItem(models.Model):
    """One entry of a menu: a page, or any address of this portal."""

    place = models.CharField(_("menu"), max_length=10, choices=MenuPlace.choices)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("text"), max_length=60)
    title_en = models.CharField(_("text in English"), max_length=60, blank=True)
    page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("page"),
        help_text=_("Only visitors who may read this page see the entry."),
    )
    url = models.CharField(_("address"), max_length=200, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("place"), FieldPanel("sort_order")]),
        FieldRowPanel([FieldPanel("title"), FieldPanel("title_en")]),
        FieldPanel("page"),
        FieldPanel("url"),
    ]

    class Meta:
        verbose_name = _("menu entry")
        verbose_name_plural = _("menu entries")
        ordering = ["place", "sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="menu_item_leads_to_a_page_or_an_address",
                condition=Q(page__isnull=False, url="") | (Q(page=None) & ~Q(url="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Ask for exactly one goal, and for an address that stays on this portal or calls."""
        if bool(self.page_id) == bool(self.url):
            raise ValidationError({"url": _("Choose a page or type an address, not both.")})
        if self.url and not self.url.startswith(("/", "tel:", "mailto:", "https://")):
            raise ValidationError(
                {"url": _("An address begins with /, https://, tel: or mailto:.")}
            )
