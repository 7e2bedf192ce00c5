"""Blocks that put things in order: table, accordion, checklist, who to call."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from portal.pages.blocks.text import TextBlock

CELL_FEATURES = ["bold", "italic", "link"]


class DataTableBlock(TypedTableBlock):
    """A table; on a narrow screen it scrolls inside its own region."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(
            [("text", blocks.RichTextBlock(features=CELL_FEATURES, label=_("Text")))],
            **kwargs,
        )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "pages/blocks/table.html"
        description = _("A table with headings above the columns.")
        preview_value = {
            "columns": [
                {"type": "text", "heading": "Wie"},
                {"type": "text", "heading": "Telefoon"},
            ],
            "rows": [{"values": ["Meldpunt", "088 000 00 10"]}],
            "caption": "Bereikbaarheid",
        }


class AccordionItemBlock(blocks.StructBlock):
    """A question and its answer."""

    title = blocks.CharBlock(max_length=160, label=_("Question or title"))
    text = TextBlock(label=_("Text"))

    class Meta:
        label_format = "{title}"


class AccordionBlock(blocks.ListBlock):
    """Questions that open one by one; printed they are all open."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(AccordionItemBlock(), **kwargs)

    class Meta:
        icon = "collapse-down"
        label = _("Questions and answers")
        template = "pages/blocks/accordion.html"
        description = _("Questions that open one by one.")
        preview_value = [
            {"title": "Moet ik mijn naam geven?", "text": "<p>Nee, dat hoeft niet.</p>"}
        ]


class ContactBlock(blocks.StructBlock):
    """How to reach a function. Never the name of a person (domain.md 1.10)."""

    function = blocks.CharBlock(max_length=120, label=_("Function"))
    organisation = blocks.CharBlock(required=False, max_length=120, label=_("Organisation"))
    phone = blocks.CharBlock(required=False, max_length=30, label=_("Telephone"))
    hours = blocks.CharBlock(required=False, max_length=120, label=_("Available"))

    class Meta:
        icon = "user"
        label = _("Contact by function")
        label_format = "{function}"
        template = "pages/blocks/contact.html"
        description = _("Who to call, by function and not by name.")
        preview_value = {
            "function": "Medewerker van dienst",
            "organisation": "Meldpunt Lindekade",
            "phone": "088 000 00 10",
        }


class ChecklistBlock(blocks.StructBlock):
    """Points to tick off on paper or in the head; nothing is stored."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    items = blocks.ListBlock(
        blocks.CharBlock(max_length=250, label=_("Point")),
        min_num=1,
        label=_("Points"),
    )

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        template = "pages/blocks/checklist.html"
        description = _("Points to tick off; on paper they have a box.")
        preview_value = {"title": "Klaar?", "items": ["Iedereen is teruggebeld"]}
