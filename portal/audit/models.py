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


class AuditSeal(models.Model):
    """The forward-secure seal over one event; append-only, made by the signer (6.10).

    It is an HMAC under a key that was thrown away the moment it had been used, so that whoever
    takes the machine today can't make yesterday's seals again.
    """

    chain = models.CharField(_("chain"), max_length=60)
    seq = models.PositiveBigIntegerField(_("number"))
    seal = models.BinaryField(_("seal"), max_length=32)

    class Meta:
        verbose_name = _("seal of an event")
        verbose_name_plural = _("seals of events")
        ordering = ["chain", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="audit_seal_one_for_each_event"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"


class Sealing(models.Model):
    """That a chain is being sealed, and when the signer last looked; no event has a finer moment."""

    chain = models.CharField(_("chain"), max_length=60, primary_key=True)
    looked_at = models.DateTimeField(_("signer last looked at"))

    class Meta:
        verbose_name = _("sealing of a chain")
        verbose_name_plural = _("sealing of chains")

    def __str__(self) -> str:
        return self.chain


class ProcessingRecord(models.Model):
    """One processing of personal data, as Logboek Dataverwerkingen asks it: what, never by whom.

    Source: Logboek Dataverwerkingen 1.0 (Logius). Moments are rounded to the hour, or to the week
    for what a reporter does; there is no data subject in it, since the meldpunt knows none.
    """

    trace_id = models.CharField(_("trace"), max_length=32)
    span_id = models.CharField(_("span"), max_length=16)
    parent_span_id = models.CharField(_("parent span"), max_length=16, blank=True)
    name = models.CharField(_("name"), max_length=80)
    status = models.CharField(_("status"), max_length=5, default="Ok")
    start_time = models.BigIntegerField(_("start, in milliseconds"))
    end_time = models.BigIntegerField(_("end, in milliseconds"))
    resource = models.JSONField(_("resource"), default=dict)
    attributes = models.JSONField(_("attributes"), default=dict)

    class Meta:
        verbose_name = _("processing")
        verbose_name_plural = _("processings")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="processing_has_a_status_of_the_standard",
                condition=models.Q(status__in=["Unset", "Ok", "Error"]),
            ),
        ]

    def __str__(self) -> str:
        return self.span_id
