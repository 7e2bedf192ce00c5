"""What proves that somebody passed."""

import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.training.models.attempts import Attempt

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no letters that look like digits
LENGTH = 16


def new_code() -> str:
    """Sixteen signs that nobody guesses (79 bits), to type or to scan."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


class Certificate(models.Model):
    """One passed attempt made valid until a day; a later one stands beside it, never over it."""

    code = models.CharField(_("code"), max_length=LENGTH, unique=True, default=new_code)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    module = models.ForeignKey(
        "knowledge_training.ModulePage",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="certificate")
    holder = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("module"), max_length=255)
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(_("valid up to"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("training certificate")
        verbose_name_plural = _("training certificates")
        ordering = ["-issued_on", "-pk"]
        indexes = [
            models.Index(fields=["module", "valid_until"], name="certificate_runs_out"),
            models.Index(fields=["user", "module", "valid_until"], name="certificate_of_a_learner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("issued_on")),
                name="certificate_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"certificate #{self.pk}"

    @property
    def spaced_code(self) -> str:
        """The code in groups of four, as it stands on paper."""
        return "-".join(self.code[place : place + 4] for place in range(0, LENGTH, 4))

    @property
    def is_valid(self) -> bool:
        """Whether it still counts today."""
        return self.withdrawn_at is None and self.valid_until >= timezone.localdate()

    def expires_within(self, days: int, today: date | None = None) -> bool:
        """Whether it is valid and ends within ``days``."""
        left = (self.valid_until - (today or timezone.localdate())).days
        return 0 <= left <= days
