"""Who can help: checked cards, and the page to choose from them."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from knowledge.library.chooser import chooser_context
from knowledge.library.models.knowledge import KnowledgePage
from portal.pages.fields import ChoiceListField, labels_of
from portal.pages.models import PortalPage

STALE_AFTER_DAYS = 183


class ForWhom(models.TextChoices):
    """Who looks for help. The words stand in addresses, so they are Dutch."""

    PARENTS = "ouders", _("Parents and family")
    YOUNG = "jongeren", _("Young people")
    INHABITANTS = "inwoners", _("Inhabitants and neighbours")
    PROFESSIONALS = "professionals", _("Professionals")
    ORGANISATIONS = "organisaties", _("Schools, clubs and organisations")


class Topic(models.TextChoices):
    """What is going on. The words stand in addresses, so they are Dutch."""

    DANGER = "direct-gevaar", _("There is danger now")
    CRIME = "misdrijf", _("A criminal offence")
    WORRY = "zorgen-om-iemand", _("I worry about somebody")
    PARENTING = "opvoeding", _("Questions about raising children")
    EXIT = "stoppen-met-extremisme", _("I want to leave extremism behind")
    SUPPORT = "begeleiding", _("Support and guidance")
    DISCRIMINATION = "discriminatie", _("Discrimination")
    ONLINE = "online-haat", _("Hate or threats online")
    KNOWLEDGE = "kennis", _("I look for knowledge")
    TRAINING = "training", _("I look for training")


class HelpIndexPage(PortalPage):
    """The page "who can help me?": two questions, and the cards that fit."""

    body_fields: ClassVar[tuple[str, ...]] = ()
    max_count_per_parent = 1
    subpage_types = ["knowledge_library.HelpServicePage"]
    template = "knowledge/library/help_index.html"
    content_panels = [*PortalPage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("help page")
        verbose_name_plural = _("help pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The two questions with their answers in the address, and the cards."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        cards = HelpServicePage.objects.child_of(self).visible_to(request.user)
        context.update(chooser_context(self, request, cards, ForWhom, Topic))
        return context


class HelpServicePage(KnowledgePage):
    """One organisation or line that helps, with the day the card was checked."""

    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    phone_note = models.CharField(_("about the telephone"), max_length=160, blank=True)
    website = models.URLField(_("website"), max_length=250, blank=True)
    hours = models.CharField(_("available"), max_length=160, blank=True)
    for_whom = ChoiceListField(_("for whom"), choices=ForWhom.choices, blank=True)
    topics = ChoiceListField(_("about"), choices=Topic.choices, blank=True)
    cost = models.CharField(_("costs"), max_length=120, blank=True)
    is_anonymous = models.BooleanField(_("possible without a name"), default=False)
    languages = models.CharField(_("languages"), max_length=160, blank=True)
    is_emergency = models.BooleanField(
        _("for danger now"), default=False, help_text=_("Such a card comes first.")
    )
    rank = models.PositiveSmallIntegerField(_("order"), default=10)

    parent_page_types = ["knowledge_library.HelpIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/library/help_service_page.html"
    content_panels = [
        *KnowledgePage.content_panels[:2],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("phone_note")]),
                FieldPanel("hours"),
                FieldPanel("website"),
                FieldPanel("for_whom"),
                FieldPanel("topics"),
                FieldRowPanel([FieldPanel("cost"), FieldPanel("languages")]),
                FieldRowPanel([FieldPanel("is_anonymous"), FieldPanel("is_emergency")]),
                FieldPanel("rank"),
            ],
            heading=_("Card"),
        ),
        *KnowledgePage.content_panels[2:],
    ]

    class Meta:
        verbose_name = _("help and advice")
        verbose_name_plural = _("help and advice")

    @property
    def is_stale(self) -> bool:
        """Whether the card was last checked more than six months ago, or never."""
        if self.checked_on is None:
            return True
        return (timezone.localdate() - self.checked_on).days > STALE_AFTER_DAYS

    @property
    def for_whom_labels(self) -> list[str]:
        """For whom, in words."""
        return labels_of(self.for_whom, ForWhom.choices)

    @property
    def topic_labels(self) -> list[str]:
        """What about, in words."""
        return labels_of(self.topics, Topic.choices)
