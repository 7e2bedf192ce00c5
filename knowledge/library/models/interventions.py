"""Interventions: what can be done, for whom, and how well it is known to work."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from knowledge.library.models.knowledge import KnowledgePage


class InterventionPage(KnowledgePage):
    """One intervention, described the same way as every other so that they compare.

    It names a provider and a function to contact, never a person or a case (domain.md 1.25).
    """

    class Evidence(models.TextChoices):
        """How well it is known to work, in words and never as a figure."""

        UNKNOWN = "onbekend", _("Not investigated yet")
        DEVELOPING = "in ontwikkeling", _("Being developed")
        DESCRIBED = "beschreven", _("Well described")
        FOUNDED = "onderbouwd", _("Well founded: theory supports it")
        INDICATIONS = "aanwijzingen", _("First indications that it works")
        TESTED = "onderzocht", _("Research found an effect")

    target_group = models.CharField(_("for whom"), max_length=200, blank=True)
    goal = models.TextField(_("goal"), max_length=500, blank=True)
    phase = models.CharField(_("when it fits"), max_length=250, blank=True)
    duration = models.CharField(_("duration"), max_length=160, blank=True)
    cost = models.CharField(_("costs"), max_length=160, blank=True)
    evidence = models.CharField(
        _("evidence"), max_length=20, choices=Evidence.choices, default=Evidence.UNKNOWN
    )
    provider = models.CharField(_("provider"), max_length=160, blank=True)
    contact = models.CharField(_("contact (function)"), max_length=160, blank=True)
    is_voluntary = models.BooleanField(_("voluntary"), default=True)

    parent_page_types = ["knowledge_library.LibraryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/library/intervention_page.html"
    content_panels = [
        *KnowledgePage.content_panels[:3],
        MultiFieldPanel(
            [
                FieldPanel("target_group"),
                FieldPanel("goal"),
                FieldPanel("phase"),
                FieldPanel("duration"),
                FieldRowPanel([FieldPanel("cost"), FieldPanel("evidence")]),
                FieldRowPanel([FieldPanel("provider"), FieldPanel("contact")]),
                FieldPanel("is_voluntary"),
            ],
            heading=_("At a glance"),
        ),
        *KnowledgePage.content_panels[3:],
    ]

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
