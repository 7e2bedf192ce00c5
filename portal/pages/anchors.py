"""Anchors of headings."""

import re
from collections.abc import Iterable, Iterator

from django.utils.text import slugify


def zip_anchors(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each text with an anchor; the second of two equal ones gets a number."""
    used: dict[str, int] = {}
    for text in texts:
        anchor = anchor_for(text)
        used[anchor] = used.get(anchor, 0) + 1
        yield text, anchor if used[anchor] == 1 else f"{anchor}-{used[anchor]}"


def anchor_for(text: str) -> str:
    """The words in lower case, joined by dashes; never the anchor of a step or a word."""
    anchor = slugify(text) or "kop"
    taken = anchor == "inhoud" or re.match(r"(stap|begrip)-", anchor)
    return f"kop-{anchor}" if taken else anchor
