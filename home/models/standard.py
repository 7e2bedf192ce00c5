"""Pages that every site has."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal.pages.blocks import body_blocks
from portal.pages.fields import BodyField
from portal.pages.models import PortalPage


class StandardPage(PortalPage):
    """A page with a text: about us, privacy, accessibility, reporting a vulnerability."""

    class Kind(models.TextChoices):
        """What the page is for, where a law or a standard asks for one."""

        PLAIN = "plain", _("Standard page")
        ACCESSIBILITY = "accessibility", _("Accessibility statement")
        PRIVACY = "privacy", _("Privacy statement")
        VULNERABILITY = "vulnerability", _("Reporting a vulnerability")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.PLAIN)
    body = BodyField(body_blocks(), blank=True, verbose_name=_("text"))

    template = "home/standard_page.html"
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("image"),
        FieldPanel("body"),
        FieldPanel("kind"),
    ]
    search_fields = [*PortalPage.search_fields]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
