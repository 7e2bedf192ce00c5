"""Blocks that every page may use, one family per file."""

from wagtail import blocks

from portal.pages.blocks.audience import AudienceBlock
from portal.pages.blocks.callouts import EmergencyBlock, ExampleBlock, WarningBlock
from portal.pages.blocks.links import LinkBlock, LinksBlock
from portal.pages.blocks.media import DocumentBlock, ImageBlock
from portal.pages.blocks.structure import (
    AccordionBlock,
    ChecklistBlock,
    ContactBlock,
    DataTableBlock,
)
from portal.pages.blocks.text import HeadingBlock, QuoteBlock, TextBlock

__all__ = [
    "AccordionBlock",
    "AudienceBlock",
    "ChecklistBlock",
    "ContactBlock",
    "DataTableBlock",
    "DocumentBlock",
    "EmergencyBlock",
    "ExampleBlock",
    "HeadingBlock",
    "ImageBlock",
    "LinkBlock",
    "LinksBlock",
    "QuoteBlock",
    "TextBlock",
    "WarningBlock",
    "body_blocks",
    "plain_blocks",
]


def plain_blocks() -> list[tuple[str, blocks.Block]]:
    """Name and block of everything that may also stand inside another block."""
    return [
        ("heading", HeadingBlock()),
        ("text", TextBlock()),
        ("warning", WarningBlock()),
        ("example", ExampleBlock()),
        ("emergency", EmergencyBlock()),
        ("quote", QuoteBlock()),
        ("image", ImageBlock()),
        ("document", DocumentBlock()),
        ("links", LinksBlock()),
        ("table", DataTableBlock()),
        ("accordion", AccordionBlock()),
        ("contact", ContactBlock()),
        ("checklist", ChecklistBlock()),
    ]


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """Name and block of everything an editor may put in the body of a page."""
    audience = AudienceBlock([("content", blocks.StreamBlock(plain_blocks()))])
    return [*plain_blocks(), ("audience", audience)]
