"""What is left after destruction, and what waits to be destroyed."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.models.reports import Report, SealedModel
from meldpunt.reports.models.sealed import DOMAINS, KNOWN_DOMAIN


class Tombstone(SealedModel):
    """That a report was there, and when and by which rule it was destroyed (GR-13).

    ``envelope`` holds kind, month and outcome, sealed at closing under the index key alone, so
    that destroying the report leaves it readable for staff.
    """

    report = models.OneToOneField(
        Report,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="tombstone",
        verbose_name=_("report"),
    )
    envelope = models.BinaryField(_("sealed tombstone"), null=True)
    destroyed_week = models.CharField(_("destroyed in week"), max_length=8, blank=True)
    rule = models.CharField(_("rule"), max_length=80, blank=True)
    certificate = models.JSONField(_("certificate"), default=dict)

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")
        constraints = [
            models.CheckConstraint(
                name="tombstone_names_its_rule_when_something_was_destroyed",
                condition=Q(destroyed_week="") | ~Q(rule=""),
            ),
        ]


class ShredOrder(SealedModel):
    """A domain whose retention key waits for the reaper: it alone may destroy keys."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="shred_orders", verbose_name=_("report")
    )
    domain = models.CharField(_("domain"), max_length=10, choices=DOMAINS)
    rule = models.CharField(_("rule"), max_length=80)

    class Meta:
        verbose_name = _("order to destroy")
        verbose_name_plural = _("orders to destroy")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "domain"], name="shred_order_once_per_domain"
            ),
            models.CheckConstraint(name="shred_order_has_a_known_domain", condition=KNOWN_DOMAIN),
        ]
