"""Public keys of municipalities, each with the signature that vouches for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldpunt.vault.encryption import KeyRole, SignedKeyRecord
from portal.regions.models import Municipality


class PublicKeyRecord(models.Model):
    """One signed public key. The columns are for finding it; only ``record`` is believed."""

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("municipality"),
    )
    role = models.CharField(
        _("role"), max_length=20, choices=[(role.value, role.value) for role in KeyRole]
    )
    epoch = models.PositiveIntegerField(_("epoch"), default=0)
    key_id = models.PositiveBigIntegerField(_("key number"))
    record = models.TextField(_("signed record"))
    is_current = models.BooleanField(_("in use for new reports"), default=True)
    was_withdrawn = models.BooleanField(_("somebody who held it has left"), default=False)

    class Meta:
        verbose_name = _("public key")
        verbose_name_plural = _("public keys")
        ordering = ["municipality", "role", "epoch"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "role", "epoch"],
                name="public_key_is_the_only_one_of_its_role_in_an_epoch",
            ),
            models.UniqueConstraint(
                fields=["municipality", "role"],
                condition=models.Q(is_current=True),
                name="public_key_one_of_each_role_is_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.role} {self.epoch}"

    @property
    def signed(self) -> SignedKeyRecord:
        """The record with its signature, not yet trusted. Raises ``RecordMalformed``."""
        return SignedKeyRecord.from_text(self.record)


class IndexMasterWrap(models.Model):
    """K_idx of one municipality and epoch, wrapped once by the municipality key of that epoch."""

    key = models.OneToOneField(
        PublicKeyRecord,
        on_delete=models.CASCADE,
        related_name="index_wrap",
        verbose_name=_("municipality key"),
    )
    envelope = models.BinaryField(_("wrapped index key"))

    class Meta:
        verbose_name = _("wrapped index key")
        verbose_name_plural = _("wrapped index keys")

    def __str__(self) -> str:
        return f"K_idx {self.key_id}"
