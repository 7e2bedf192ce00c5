"""The only way to an account."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.roles import ROLES
from portal.regions.models import Municipality

VALID_FOR = timedelta(days=14)


def in_two_weeks() -> datetime:
    """The moment an invitation made now stops working."""
    return timezone.now() + VALID_FOR


class Invitation(models.Model):
    """A person was asked to make an account, for one role in one place."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(
        _("role"),
        max_length=40,
        choices=[(role.code, role.label) for role in ROLES.values()],
    )
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("municipality"),
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("invited by"),
    )
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"), default=in_two_weeks)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return f"{self.role} #{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the link in the letter still works."""
        return not self.accepted_at and not self.withdrawn_at and timezone.now() < self.expires_at
