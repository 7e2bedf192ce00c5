"""Blocks of plain text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingBlock(blocks.CharBlock):
    """A heading inside a page; it gets an anchor and a place in the table of contents."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "pages/blocks/heading.html"
        description = _("Divides a long page; readers see it in the table of contents.")
        preview_value = "Wat kunt u doen?"


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "pages/blocks/text.html"
        description = _("Paragraphs, lists and links.")
        preview_value = "<p>U hoeft niet zeker te weten wat er speelt.</p>"
