"""Images and documents, stored where only our own views can reach them (stack.md 3)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class PortalImage(AbstractImage):
    """An image; its original is never served, and its renditions only through our view."""

    admin_form_fields = Image.admin_form_fields


class PortalRendition(AbstractRendition):
    """One size of an image."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="rendition_is_made_once_per_size",
            ),
        ]

    @property
    def url(self) -> str:
        """An address that asks who is looking."""
        name = self.file.name.rsplit("/", 1)[-1]
        return reverse("serve_rendition", args=[self.pk, name])


class PortalDocument(AbstractDocument):
    """A document to download, with the text that search reads."""

    source = models.CharField(_("source"), max_length=200, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "source", "valid_until")
