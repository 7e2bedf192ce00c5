"""A report, as little of it as may stand in the clear."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.querysets import (
    AnotherMunicipality,
    ReportManager,
    SealedManager,
    current_municipalities,
)
from meldpunt.reports.workflow import Phase
from meldpunt.vault.services.codes import format_reference, reference_of
from portal.regions.models import Municipality


class SealedModel(models.Model):
    """A row of one municipality that exists only inside that municipality."""

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("municipality"),
    )

    objects: ClassVar[SealedManager] = SealedManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return type(self).__name__

    def save(self, **kwargs: Any) -> None:
        """Save it. Raises ``AnotherMunicipality`` outside the municipalities of this request."""
        if self.municipality_id not in current_municipalities():
            raise AnotherMunicipality
        super().save(**kwargs)


class Report(SealedModel):
    """What somebody shared with a meldpunt. Its words, kind and state are sealed elsewhere.

    Source for every column: meldpunt.md 6.7. No moment finer than a week, no counter, and no
    key to a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    week = models.CharField(_("week"), max_length=8)
    phase = models.CharField(_("phase"), max_length=10, choices=Phase.choices, default=Phase.OPEN)
    epoch = models.PositiveIntegerField(_("epoch"))
    destroy_on = models.DateField(_("destroy on"), null=True, blank=True)
    destroy_latest_on = models.DateField(_("destroy at the latest on"), null=True, blank=True)
    destroy_identity_on = models.DateField(_("destroy who reported on"), null=True, blank=True)
    generation = models.PositiveSmallIntegerField(_("times its keys were renewed"), default=0)
    identity_generation = models.PositiveSmallIntegerField(
        _("times the keys of who reported were renewed"), default=0
    )
    was_handed_in = models.BooleanField(_("came from another meldpunt"), default=False)

    objects: ClassVar[ReportManager] = ReportManager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(
                name="report_closed_exactly_when_it_has_a_day_of_destruction",
                condition=Q(phase=Phase.CLOSED, destroy_on__isnull=False)
                | (~Q(phase=Phase.CLOSED) & Q(destroy_on=None, destroy_latest_on=None)),
            ),
            models.CheckConstraint(
                name="report_latest_day_is_not_before_the_day_of_destruction",
                condition=Q(destroy_latest_on=None) | Q(destroy_latest_on__gte=F("destroy_on")),
            ),
            models.CheckConstraint(
                name="report_destroyed_keeps_no_day_for_who_reported",
                condition=~Q(phase=Phase.DESTROYED) | Q(destroy_identity_on=None),
            ),
            models.CheckConstraint(
                name="report_has_a_known_phase", condition=Q(phase__in=Phase.values)
            ),
        ]

    @property
    def ref(self) -> str:
        """Its reference (meldingsnummer), as ``7K2M9QXD``: names it and opens nothing."""
        return reference_of(self.pk)

    @property
    def shown_ref(self) -> str:
        """The reference for people, as ``7K2M-9QXD``."""
        return format_reference(self.ref)
