"""Blocks of plain text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEATURES = ["h3", "bold", "italic", "link", "document-link", "ol", "ul"]


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

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "pages/blocks/text.html"
        description = _("Paragraphs, lists and links.")
        preview_value = "<p>U hoeft niet zeker te weten wat er speelt.</p>"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and in which role."""

    quote = blocks.TextBlock(max_length=600, label=_("Quote"))
    said_by = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Said by"),
        help_text=_("A role or organisation, never the name of an inhabitant."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "pages/blocks/quote.html"
        description = _("A sentence that stays with the reader.")
        preview_value = {
            "quote": "Ik vroeg eerst hoe het met hem ging. Daar begon het gesprek.",
            "said_by": "jongerenwerker in Kadewoude",
        }
