"""What happened, kept so that nobody can quietly change it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One link in a chain of events; append-only, and without foreign keys.

    It names people and things by text, so that it outlives them, and it never holds
    content of a report (BIO2 8.15, meldpunt.md 6.10). Triggers refuse update and delete.
    """

    chain = models.CharField(_("chain"), max_length=60)
    seq = models.PositiveBigIntegerField(_("number"))
    moment = models.CharField(_("moment"), max_length=32)
    actor = models.CharField(_("actor"), max_length=80)
    role = models.CharField(_("role"), max_length=40, blank=True)
    action = models.CharField(_("action"), max_length=60)
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, default="done")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    details = models.JSONField(_("details"), default=dict)
    digest = models.BinaryField(_("hash"), max_length=32)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["chain", "seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "seq"],
                name="audit_every_number_occurs_once_in_a_chain",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}: {self.action}"
