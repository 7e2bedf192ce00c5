"""What brings a municipality back when no holder is left; useless without two paper sheets."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldpunt.vault.models.keys import PublicKeyRecord


class RecoveryKey(models.Model):
    """The private half of a recovery pair, locked with a seed that exists on paper only."""

    key = models.OneToOneField(
        PublicKeyRecord,
        on_delete=models.CASCADE,
        related_name="recovery",
        verbose_name=_("recovery key"),
    )
    locked_private = models.BinaryField(_("locked private half"))
    drilled_on = models.DateField(_("last drill on"), null=True, blank=True)

    class Meta:
        verbose_name = _("recovery pair")
        verbose_name_plural = _("recovery pairs")

    def __str__(self) -> str:
        return f"RecoveryKey {self.pk}"


class RecoveryWrap(models.Model):
    """A private key of a municipality, wrapped to its recovery pair."""

    key = models.ForeignKey(
        PublicKeyRecord,
        on_delete=models.CASCADE,
        related_name="recovery_wraps",
        verbose_name=_("key"),
    )
    recovery = models.ForeignKey(
        RecoveryKey,
        on_delete=models.CASCADE,
        related_name="wraps",
        verbose_name=_("recovery pair"),
    )
    envelope = models.BinaryField(_("wrapped private key"))

    class Meta:
        verbose_name = _("key for recovery")
        verbose_name_plural = _("keys for recovery")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "recovery"], name="recovery_wrap_once_per_key_and_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"RecoveryWrap {self.pk}"
