"""Pages that an editor puts beside a page."""

from wagtail import blocks


def related_blocks() -> list[tuple[str, blocks.Block]]:
    """One kind of block: a page."""
    return [("page", blocks.PageChooserBlock())]
