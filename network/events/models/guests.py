"""Who comes without an account."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.events.models.events import Event
from network.events.models.tickets import new_ticket


class Guest(models.Model):
    """An address that letters about one event go to, and nothing else: no name, no account.

    It has a place only when the link in the first letter was opened. It is deleted a day after
    that letter when nobody opened it, and a week after the event (``aftercare.forget_guests``).
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="guests")
    email = models.EmailField(_("e-mail address"))
    code = models.CharField(max_length=32, unique=True, default=new_ticket)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        indexes = [models.Index(fields=["asked_at"], name="guest_asked_lately")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"], name="guest_is_asked_once_per_event"
            ),
        ]

    def __str__(self) -> str:
        return f"guest #{self.pk}"
