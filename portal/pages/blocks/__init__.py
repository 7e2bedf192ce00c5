"""Blocks that every page may use, one family per file."""

from wagtail import blocks

from portal.pages.blocks.text import HeadingBlock, TextBlock

__all__ = ["HeadingBlock", "TextBlock", "body_blocks"]


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """Name and block of everything an editor may put in the body of a page."""
    return [("heading", HeadingBlock()), ("text", TextBlock())]
