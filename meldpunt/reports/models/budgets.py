"""How busy the form and the code page are: counts, and no trace of who was counted."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.models.reports import SealedModel
from meldpunt.reports.querysets import SealedManager
from portal.regions.models import Municipality


class IntakeBudget(SealedModel):
    """What came in at one municipality this hour; the hours before are forgotten.

    ``reached`` is the highest share of the budget of ``day``, in percent, and ``told`` the share
    that the process owner heard of.
    """

    municipality = models.OneToOneField(
        Municipality,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
        verbose_name=_("municipality"),
    )
    hour = models.PositiveIntegerField(_("hour since 1970"))
    count = models.PositiveIntegerField(_("number"), default=0)
    day = models.DateField(_("day"))
    reached = models.PositiveSmallIntegerField(_("share reached"), default=0)
    told = models.PositiveSmallIntegerField(_("share that was told"), default=0)

    objects: ClassVar[SealedManager] = SealedManager()

    class Meta:
        verbose_name = _("budget of a form")
        verbose_name_plural = _("budgets of forms")


class CodeTries(models.Model):
    """How often codes were tried in one minute: by one visit, or wrongly by everybody together."""

    id = models.CharField(_("hash of the visit"), max_length=64, primary_key=True)
    minute = models.PositiveIntegerField(_("minute since 1970"))
    count = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("tries of codes")
        verbose_name_plural = _("tries of codes")

    def __str__(self) -> str:
        return "CodeTries"


class UsedProof(models.Model):
    """That a puzzle or a wait was used, until it would have run out anyway: once is enough.

    ``used_for`` lets the same form, sent twice, through.
    """

    id = models.CharField(_("hash of the proof"), max_length=64, primary_key=True)
    used_for = models.CharField(_("hash of what it was used for"), max_length=64)
    expires_at = models.DateTimeField(_("runs out at"))

    class Meta:
        verbose_name = _("used proof")
        verbose_name_plural = _("used proofs")

    def __str__(self) -> str:
        return "UsedProof"
