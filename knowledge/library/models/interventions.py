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

    class Phase(models.TextChoices):
        """When it fits."""

        PREVENTION = "prevention", _("Before there are worries")
        EARLY = "early", _("First worries")
        SUPPORT = "support", _("Support and guidance")
        EXIT = "exit", _("Leaving extremism behind")

    class Evidence(models.TextChoices):
        """How well it is known to work, in words."""

        PROMISING = "promising", _("Promising: a good description")
        THEORY = "theory", _("Well founded: theory supports it")
        TESTED = "tested", _("Tested: research found an effect")
        UNKNOWN = "unknown", _("Not investigated yet")

    class Cost(models.TextChoices):
        """What it costs, in bands."""

        FREE = "free", _("Free")
        LOW = "low", _("Up to 1,000 euros")
        MIDDLE = "middle", _("1,000 to 5,000 euros")
        HIGH = "high", _("More than 5,000 euros")

    target_group = models.CharField(_("for whom"), max_length=200, blank=True)
    goal = models.TextField(_("goal"), max_length=500, blank=True)
    phase = models.CharField(
        _("phase"), max_length=20, choices=Phase.choices, default=Phase.EARLY
    )
    duration = models.CharField(_("duration"), max_length=120, blank=True)
    cost = models.CharField(_("cost"), max_length=10, choices=Cost.choices, blank=True)
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
                FieldRowPanel([FieldPanel("phase"), FieldPanel("duration")]),
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
