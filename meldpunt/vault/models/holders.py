"""The people who hold keys: their own pair, what is wrapped to it, and who said so."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meldpunt.vault.encryption import (
    Argon2Cost,
    SignedKeyRecord,
    StaffKey,
    Suite,
    WrapPublicKey,
)
from meldpunt.vault.models.keys import PublicKeyRecord
from portal.regions.models import Municipality


class StaffKeyPair(models.Model):
    """The pair of one staff member; the private half is locked with passphrase and pepper."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("account"),
    )
    suite = models.PositiveSmallIntegerField(_("suite"))
    public = models.BinaryField(_("public half"))
    salt = models.BinaryField(_("salt"), max_length=16)
    cost = models.CharField(pgettext_lazy("of guessing", "cost"), max_length=40)
    sealed_private = models.BinaryField(_("locked private half"))

    class Meta:
        verbose_name = _("key pair of a staff member")
        verbose_name_plural = _("key pairs of staff members")

    def __str__(self) -> str:
        return f"StaffKeyPair {self.pk}"

    @property
    def public_key(self) -> WrapPublicKey:
        """To whom keys are wrapped."""
        return WrapPublicKey(Suite(self.suite), bytes(self.public))

    @property
    def staff_key(self) -> StaffKey:
        """The pair as the encryption takes it."""
        return StaffKey(
            user=self.user_id,
            public=self.public_key,
            salt=bytes(self.salt),
            cost=Argon2Cost.from_stored(self.cost),
            sealed_private=bytes(self.sealed_private),
        )

    def take(self, staff_key: StaffKey) -> None:
        """Fill the columns from ``staff_key``; nothing is saved."""
        self.suite = staff_key.public.suite
        self.public = staff_key.public.material
        self.salt = staff_key.salt
        self.cost = staff_key.cost.stored
        self.sealed_private = staff_key.sealed_private


class KeyWrap(models.Model):
    """A private key of a municipality, wrapped to one person who holds it."""

    key = models.ForeignKey(
        PublicKeyRecord,
        on_delete=models.CASCADE,
        related_name="wraps",
        verbose_name=_("key"),
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("holder"),
    )
    envelope = models.BinaryField(_("wrapped private key"))
    login_fingerprint = models.BinaryField(_("fingerprint of the sign-in"), max_length=32)
    last_unlocked_on = models.DateField(_("last unlocked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("key of a holder")
        verbose_name_plural = _("keys of holders")
        constraints = [
            models.UniqueConstraint(fields=["key", "holder"], name="key_wrap_once_per_holder"),
        ]

    def __str__(self) -> str:
        return f"KeyWrap {self.pk}"


class AskedOfAnother(models.Model):
    """What one holder of a municipality asks and another agrees to (GR-11)."""

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("municipality"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("approved by"),
    )

    class Meta:
        abstract = True


class HolderAdmission(AskedOfAnother):
    """One holder asks that a colleague becomes a holder too; another holder agrees (GR-11)."""

    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("colleague"),
    )

    class Meta:
        verbose_name = _("admission of a holder")
        verbose_name_plural = _("admissions of holders")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "candidate"],
                condition=Q(approved_by=None),
                name="admission_waits_once_per_colleague",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("asked_by")),
                name="admission_is_approved_by_another_holder",
            ),
            models.CheckConstraint(
                condition=~Q(candidate=F("asked_by")) & ~Q(candidate=F("approved_by")),
                name="admission_is_never_asked_or_approved_by_the_colleague",
            ),
        ]

    def __str__(self) -> str:
        return f"HolderAdmission {self.pk}"


class HolderRecord(models.Model):
    """That this municipality's signing key vouches for the public half of one holder.

    Whoever can write in the database could otherwise put a pair of their own in the place of a
    colleague's and wait for the next key (abuse case 17).
    """

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("municipality"),
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("holder"),
    )
    record = models.TextField(_("signed record"))

    class Meta:
        verbose_name = _("vouched holder")
        verbose_name_plural = _("vouched holders")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "holder"], name="holder_record_once_per_municipality"
            ),
        ]

    def __str__(self) -> str:
        return f"HolderRecord {self.pk}"

    @property
    def signed(self) -> SignedKeyRecord:
        """The record with its signature, not yet trusted. Raises ``RecordMalformed``."""
        return SignedKeyRecord.from_text(self.record)


class HolderWithdrawal(AskedOfAnother):
    """One holder asks that somebody holds the keys no longer; another holder agrees (GR-11)."""

    leaver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("colleague"),
    )

    class Meta:
        verbose_name = _("withdrawal of a holder")
        verbose_name_plural = _("withdrawals of holders")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "leaver"],
                condition=Q(approved_by=None),
                name="withdrawal_waits_once_per_colleague",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("asked_by")),
                name="withdrawal_is_approved_by_another_holder",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("leaver")),
                name="withdrawal_is_never_approved_by_the_leaver",
            ),
        ]

    def __str__(self) -> str:
        return f"HolderWithdrawal {self.pk}"
