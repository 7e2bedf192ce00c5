"""How the text of a page is put together."""

from typing import Any

from django.utils.safestring import mark_safe
from wagtail import blocks

from portal.pages.anchors import zip_anchors
from portal.pages.links import known_links


class BodyBlock(blocks.StreamBlock):
    """The blocks of a page one after the other, and nothing in between.

    Links to pages are looked up together, headings get their anchors, and words of the field are
    explained where the context has an ``explainer`` (``portal.pages.terms``). A block that shows
    nothing to this visitor leaves nothing behind.
    """

    def render_basic(self, value: Any, context: Any = None) -> str:
        """The HTML of every block that shows something."""
        context = dict(context or {})
        headings = (str(child.value) for child in value if child.block_type == "heading")
        anchors = iter([anchor for _text, anchor in zip_anchors(headings)])
        parts = []
        with known_links([value], context.get("request")):
            for child in value:
                if child.block_type == "heading":
                    context["anchor"] = next(anchors)
                parts.append(child.render(context=context))
        html = "\n".join(part for part in parts if part.strip())
        if explainer := context.get("explainer"):
            html = explainer.explain(html)
        return mark_safe(html)  # noqa: S308  (made of what the blocks' templates escaped)
