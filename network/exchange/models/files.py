"""Documents that members of a group share. They lie where only our own view reaches them."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.exchange.models.questions import Answer, Question
from network.exchange.querysets import SharedFileQuerySet
from portal.files.documents import DocumentKind


class SharedFile(models.Model):
    """A document with a question or an answer of a group."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="files", verbose_name=_("question")
    )
    answer = models.ForeignKey(
        Answer,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="files",
        verbose_name=_("answer"),
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(
        _("kind"), max_length=4, choices=[(kind.value, kind.value.upper()) for kind in DocumentKind]
    )
    size = models.PositiveIntegerField(_("size"))
    content = models.FileField(_("file"), upload_to="uitwisseling/")
    is_scanned = models.BooleanField(_("scanned for viruses"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("shared at"), auto_now_add=True)

    objects = SharedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared file")
        verbose_name_plural = _("shared files")
        ordering = ["-at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in DocumentKind]),
                name="shared_file_has_a_known_kind",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="shared_file_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it is asked for; never the address of the bytes."""
        return reverse("network:shared_file", args=[self.pk])
