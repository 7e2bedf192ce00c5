"""That a report went to the meldpunt of another municipality."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.models.reports import SealedModel
from meldpunt.vault.services.codes import format_reference, reference_of
from meldpunt.vault.services.domains import Domain, DomainPlace
from portal.regions.models import Municipality


class HandOver(SealedModel):
    """One hand-over, kept by the municipality that gave the report away (meldpunt.md 6.6).

    ``report`` is a number and no key: that row is of the other municipality now. ``keys`` names the
    retention keys that die with this: the id in the keystore, and what the trail calls the key.
    """

    report = models.UUIDField(_("report"))
    to = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("given to")
    )
    week = models.CharField(_("week"), max_length=8)
    came_in = models.CharField(_("came in in week"), max_length=8)
    was_handed_in = models.BooleanField(_("came from another meldpunt"), default=False)
    keys = models.JSONField(_("keys that die"), default=dict)
    certificate = models.JSONField(_("certificate"), default=dict)

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="hand_over_goes_to_another_municipality",
                condition=~Q(municipality=F("to")),
            ),
        ]

    @property
    def places(self) -> list[DomainPlace]:
        """Where the keys were that die."""
        named = [name.split("|") for name in self.keys]
        return [
            DomainPlace(self.report, Domain(domain), self.municipality_id, int(generation))
            for domain, generation in named
        ]

    @property
    def shown_ref(self) -> str:
        """The reference for people, as ``7K2M-9QXD``."""
        return format_reference(reference_of(self.report))
