"""Blocks of images and documents."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class ImageWithSizesBlock(ImageChooserBlock):
    """Chooses an image; fetches the sizes of all images of a page in one query."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """The images of ``values`` in their order, with their renditions."""
        found = (
            self.model_class.objects.select_related("collection")
            .prefetch_related("renditions")
            .in_bulk([value for value in values if value])
        )
        return [found.get(value) for value in values]


class ImageBlock(blocks.StructBlock):
    """An image with the words for who can't see it."""

    image = ImageWithSizesBlock(label=_("Image"))
    alt = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("What the image shows"),
        help_text=_("Empty: the image is decoration and is not read aloud."),
    )
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Image")
        template = "pages/blocks/image.html"
        preview_template = "pages/blocks/image_preview.html"
        description = _("An image with an alternative text and a caption.")
        preview_value = {"alt": "", "caption": "Koffie in de hal", "image": None}


class DocumentBlock(blocks.StructBlock):
    """A file to download, with its kind and size."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Title"),
        help_text=_("Empty: the title of the document."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "pages/blocks/document.html"
        preview_template = "pages/blocks/document_preview.html"
        description = _("A file to download; readers see its kind and size first.")
        preview_value = {"title": "Belscript", "document": None}
