"""What of a page can be found, cut by who may read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.pages.blocks.audience import audience_key


@dataclass(frozen=True)
class Section:
    """One findable part of a page.

    Args:
        kind: ``page`` for what everybody on the page may read, ``audience`` for a part for some
            readers, or a word of the page type's own, such as ``step``.
        title: The heading of the part; empty when it is the page itself.
        text: What it says, without mark-up.
        anchor: Where it starts on the page, without ``#``; empty is the top.
        extra_key: One more condition on who may read it, as in
            ``portal.pages.visibility.access_key``; empty is none.
    """

    kind: str
    title: str
    text: str
    anchor: str = ""
    extra_key: str = ""


def text_of(stream: Any) -> str:
    """Everything a StreamField says to every reader of its page, without mark-up."""
    return joined(stream.stream_block.get_searchable_content(stream))


def joined(parts: Iterable[object]) -> str:
    """The texts with one space between them."""
    return " ".join(" ".join(str(part).split()) for part in parts if part)


def audience_sections(stream: Any) -> list[Section]:
    """A section for each block of a StreamField that is for an audience."""
    found = []
    for block in stream:
        if block.block_type == "audience":
            content = block.value["content"]
            found.append(
                Section(
                    kind="audience",
                    title="",
                    text=text_of(content),
                    extra_key=audience_key(list(block.value["audience"])),
                )
            )
    return found
