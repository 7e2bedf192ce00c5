"""The sealed rows of a report: wrapped secrets, parts, the index entry and the code."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.models.reports import Report, SealedModel
from meldpunt.reports.querysets import LookupManager, SealedManager
from meldpunt.vault.services.domains import Domain

DOMAINS = [(domain.value, domain.value) for domain in Domain]
KNOWN_DOMAIN = Q(domain__in=[domain.value for domain in Domain])


class SecretWrap(SealedModel):
    """The secret of one domain of a report, wrapped to one key."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="wraps", verbose_name=_("report")
    )
    domain = models.CharField(_("domain"), max_length=10, choices=DOMAINS)
    key_id = models.PositiveBigIntegerField(_("key number"))
    envelope = models.BinaryField(_("wrapped secret"))

    class Meta:
        verbose_name = _("wrapped secret")
        verbose_name_plural = _("wrapped secrets")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "domain", "key_id"],
                name="secret_wrap_once_per_domain_and_key",
            ),
            models.CheckConstraint(name="secret_wrap_has_a_known_domain", condition=KNOWN_DOMAIN),
        ]


class SealedPart(SealedModel):
    """One sealed piece of a report: the answers, a message, a note, who reported.

    Which of these it is, stands inside.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="parts", verbose_name=_("report")
    )
    domain = models.CharField(_("domain"), max_length=10, choices=DOMAINS)
    seq = models.PositiveIntegerField(_("number"))
    envelope = models.BinaryField(_("sealed part"))

    class Meta:
        verbose_name = _("sealed part")
        verbose_name_plural = _("sealed parts")
        ordering = ["report", "domain", "seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "domain", "seq"],
                name="sealed_part_every_number_once_in_its_domain",
            ),
            models.CheckConstraint(name="sealed_part_has_a_known_domain", condition=KNOWN_DOMAIN),
        ]


class FileChunk(SealedModel):
    """A piece of a sealed file. What the file is, stands in a part of the same domain.

    Files lie in the database: stored, backed up and destroyed together with their report.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="file_chunks", verbose_name=_("report")
    )
    domain = models.CharField(_("domain"), max_length=10, choices=DOMAINS)
    file = models.UUIDField(_("file"))
    number = models.PositiveIntegerField(_("number"))
    content = models.BinaryField(_("piece of the envelope"))

    class Meta:
        verbose_name = _("piece of a file")
        verbose_name_plural = _("pieces of files")
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "number"], name="file_chunk_every_number_once_in_its_file"
            ),
            models.CheckConstraint(name="file_chunk_has_a_known_domain", condition=KNOWN_DOMAIN),
        ]


class IndexBlob(SealedModel):
    """What the list of the workspace needs of a report, sealed under the index key."""

    report = models.OneToOneField(
        Report,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="index_blob",
        verbose_name=_("report"),
    )
    seq = models.PositiveIntegerField(_("version"), default=0)
    envelope = models.BinaryField(_("sealed entry"))

    class Meta:
        verbose_name = _("index entry")
        verbose_name_plural = _("index entries")


class CodeWrap(SealedModel):
    """The way back of the reporter: the conversation's secret, wrapped to the code."""

    report = models.OneToOneField(
        Report,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="code_wrap",
        verbose_name=_("report"),
    )
    lookup = models.BinaryField(_("slow hash of the code"), max_length=16, unique=True)
    salt = models.BinaryField(_("salt"), max_length=16)
    envelope = models.BinaryField(_("wrapped secret"))

    objects: ClassVar[SealedManager] = SealedManager()
    codes = LookupManager()

    class Meta:
        verbose_name = _("code of a reporter")
        verbose_name_plural = _("codes of reporters")
