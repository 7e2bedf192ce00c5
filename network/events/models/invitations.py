"""Asking many people at once, in the background."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.events.models.events import Event


class InvitationRun(models.Model):
    """One time that an audience was asked; how far it is can be seen from its invitees."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invitation_runs")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    began_at = models.DateTimeField(_("began at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("ready at"), null=True)

    class Meta:
        verbose_name = _("round of invitations")
        verbose_name_plural = _("rounds of invitations")
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return f"run #{self.pk}"


class Invitee(models.Model):
    """Somebody who is asked for an event, once."""

    run = models.ForeignKey(InvitationRun, on_delete=models.CASCADE, related_name="invitees")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invitees")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("invitee")
        verbose_name_plural = _("invitees")
        indexes = [models.Index(fields=["run", "sent_at"], name="invitee_still_to_write_to")]
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="invitee_is_asked_once"),
        ]

    def __str__(self) -> str:
        return f"invitee #{self.pk}"
