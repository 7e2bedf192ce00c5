"""What a guest of a casusoverleg may read: one text, sealed for one person, until a day."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.models.reports import Report, SealedModel
from meldpunt.reports.querysets import GuestCopyManager
from meldpunt.vault.services.codes import format_reference, reference_of


class GuestCopy(SealedModel):
    """A text of its own, under keys of its own: nothing here opens a byte of the report.

    The guest stands here as text (``user:…``), for a report has no key to a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="guest_copies", verbose_name=_("report")
    )
    guest = models.CharField(_("guest"), max_length=80)
    ends_on = models.DateField(_("can be read up to and including"))
    was_ended = models.BooleanField(_("ended before that day"), default=False)
    wrap = models.BinaryField(_("wrapped secret"))
    envelope = models.BinaryField(_("sealed text"))
    login_fingerprint = models.BinaryField(_("fingerprint of the sign-in"), max_length=32)

    objects: ClassVar[GuestCopyManager] = GuestCopyManager()

    class Meta:
        verbose_name = _("copy for a guest")
        verbose_name_plural = _("copies for guests")
        ordering = ["ends_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "guest"],
                condition=Q(was_ended=False),
                name="guest_copy_one_runs_per_guest",
            ),
        ]

    @property
    def shown_number(self) -> str:
        """Its number for people; says nothing of the report."""
        return format_reference(reference_of(self.pk))
