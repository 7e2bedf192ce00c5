"""Requests of people about their own data (AVG 15 to 22): a register without names."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.models.reports import Report, SealedModel
from meldpunt.reports.querysets import SealedManager


class Right(models.TextChoices):
    """What somebody asks (domain.md 2.2)."""

    ACCESS = "access", _("To see the data (article 15)")
    RECTIFICATION = "rectification", _("To correct the data (article 16)")
    ERASURE = "erasure", _("To erase the report (article 17)")
    ERASE_IDENTITY = "erase_identity", _("To erase only the name and contact data (article 17)")
    RESTRICTION = "restriction", _("To restrict the use (article 18)")
    OBJECTION = "objection", _("To object (article 21)")


class Answer(models.TextChoices):
    """How it was answered."""

    GRANTED = "granted", _("Granted")
    PARTLY = "partly", _("Granted in part")
    REFUSED = "refused", _("Refused, with the reason in a letter")
    NOT_FOUND = "not_found", _("We can't find anything: there is no search by name")
    TAKEN_BACK = "taken_back", _("Taken back")


class RightsRequest(SealedModel):
    """One request: what is asked, by when it is answered, and how. No name, no words.

    Who asks stands in the letter, outside the portal: a register of names about reports would be
    the very list that the meldpunt must not have (GR-03).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(
        Report,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rights_requests",
        verbose_name=_("report"),
    )
    right = models.CharField(_("right"), max_length=20, choices=Right.choices)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("answer before"))
    was_extended = models.BooleanField(_("extended"), default=False)
    registered_by = models.CharField(_("registered by"), max_length=80)
    answer = models.CharField(_("answer"), max_length=20, choices=Answer.choices, blank=True)
    proposed_by = models.CharField(_("proposed by"), max_length=80, blank=True)
    answered_by = models.CharField(_("answered by"), max_length=80, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    objects: ClassVar[SealedManager] = SealedManager()

    class Meta:
        verbose_name = _("request about own data")
        verbose_name_plural = _("requests about own data")
        ordering = ["answered_on", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="rights_request_is_answered_by_a_second_person",
                condition=Q(answered_by="") | ~Q(answered_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="rights_request_answered_has_an_answer_and_a_day",
                condition=Q(answered_by="", answered_on=None)
                | (~Q(answered_by="") & ~Q(answer="") & Q(answered_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="rights_request_asks_a_known_right", condition=Q(right__in=Right.values)
            ),
        ]
