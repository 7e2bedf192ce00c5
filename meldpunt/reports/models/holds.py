"""What keeps a report longer: a hold of the FG, or a reporter who came back near the end."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.models.reports import Report, SealedModel
from meldpunt.reports.querysets import HoldManager


class HoldReason(models.TextChoices):
    """Why destruction pauses. A closed list: the FG writes no words about a report in the clear."""

    COURT = "court", _("A court case")
    COMPLAINT = "complaint", _("A complaint")
    SUPERVISION = "supervision", _("An investigation by a supervisor")
    CLAIM = "claim", _("A claim for damages")
    REQUEST = "request", _("A request by somebody about their own data")


class Hold(SealedModel):
    """Destruction pauses until a day, asked by the FG and confirmed by a second person (GR-13).

    People stand here as text (``user:…``), for a report has no key to a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="holds", verbose_name=_("report")
    )
    reason = models.CharField(_("reason"), max_length=20, choices=HoldReason.choices)
    until = models.DateField(_("lasts until"))
    asked_on = models.DateField(_("asked on"))
    asked_by = models.CharField(_("asked by"), max_length=80)
    confirmed_by = models.CharField(_("confirmed by"), max_length=80, blank=True)
    lifted_by = models.CharField(_("lifted by"), max_length=80, blank=True)

    objects: ClassVar[HoldManager] = HoldManager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(lifted_by=""), name="hold_one_at_a_time"
            ),
            models.CheckConstraint(
                name="hold_is_confirmed_by_a_second_person",
                condition=Q(confirmed_by="") | ~Q(confirmed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="hold_has_a_known_reason", condition=Q(reason__in=HoldReason.values)
            ),
            models.CheckConstraint(
                name="hold_ends_after_it_was_asked", condition=Q(until__gte=F("asked_on"))
            ),
        ]


class Extension(SealedModel):
    """The reporter came back in the last two weeks: the report stays a little longer, once.

    A row of its own, since the process of the reporter may add rows and change none.
    """

    report = models.OneToOneField(
        Report,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="extension",
        verbose_name=_("report"),
    )

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
